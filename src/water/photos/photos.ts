import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { EVIDENCE_MAX_BYTES, evidenceType } from '../../citizens';
import { Audit } from '../../identity';
import { WaterOrder } from '../orders/order.entity';
import { Reading } from '../readings/reading.entity';
import { PHOTO_TYPES, WaterPhoto } from './photo.entity';
import { PHOTOS } from './photos.problems';

/** What a photo shows. */
export type PhotoOf = { readingId: number } | { orderId: number };

/** Of one reading or order. */
const MOST = 5;

@Injectable()
export class Photos {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same photo again is the one that is there. @throws {Problem} http.not-found; water.photo-invalid, photo-type, photo-too-large, photos-enough */
  async attach(of: PhotoOf, base64: string, { userId }: Principal): Promise<WaterPhoto> {
    const { content, contentType } = photoOf(base64);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return this.uow.run(async () => {
      await this.hold(of);
      const there = await this.store.reads(WaterPhoto).findOneBy({ ...of, sha256 });
      if (there) return there;
      if ((await this.store.reads(WaterPhoto).countBy(of)) >= MOST) throw new Problem(PHOTOS['water.photos-enough']);
      const shown = { readingId: null, orderId: null, ...of };
      const photo: WaterPhoto = {
        ...{ id: await this.ids.one(), ...shown, contentType, sha256, base64 },
        ...{ sizeBytes: content.length, uploadedBy: userId, uploadedAt: this.clock.now() },
      };
      await this.store.insert(WaterPhoto, photo);
      await this.audit.record({ action: 'water.photo-attached', detail: { ...of, sha256 } });
      return photo;
    });
  }

  /** In the order they came, without their content. */
  list(of: PhotoOf): Promise<WaterPhoto[]> {
    return this.store.reads(WaterPhoto).find({
      select: {
        ...{ id: true, readingId: true, orderId: true, contentType: true },
        ...{ sha256: true, sizeBytes: true, uploadedBy: true, uploadedAt: true },
      },
      where: of,
      order: { uploadedAt: 'ASC', id: 'ASC' },
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<WaterPhoto> {
    const photo = await this.store.reads(WaterPhoto).findOneBy({ id });
    if (!photo) throw new Problem('http.not-found');
    return photo;
  }

  private async hold(of: PhotoOf): Promise<void> {
    const [entity, id] = 'readingId' in of ? ([Reading, of.readingId] as const) : ([WaterOrder, of.orderId] as const);
    await this.store.hold<Versioned>(entity, [id]);
    if (!(await this.store.reads<Versioned>(entity).existsBy({ id }))) throw new Problem('http.not-found');
  }
}

/** By its bytes, whatever it is called. @throws {Problem} water.photo-invalid, photo-too-large, photo-type */
function photoOf(base64: string) {
  const content = Buffer.from(base64, 'base64');
  if (content.length === 0 || content.toString('base64') !== base64) throw new Problem(PHOTOS['water.photo-invalid']);
  if (content.length > EVIDENCE_MAX_BYTES) {
    const extra = { sizeBytes: content.length, mostBytes: EVIDENCE_MAX_BYTES };
    throw new Problem(PHOTOS['water.photo-too-large'], { extra });
  }
  const found = evidenceType(content);
  const contentType = PHOTO_TYPES.find((type) => type === found);
  if (!contentType) throw new Problem(PHOTOS['water.photo-type']);
  return { content, contentType };
}
