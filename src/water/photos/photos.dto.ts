import { Id, InstantField, Int, OneOf, Txt } from '@libs/http';
import { EVIDENCE_MAX_BASE64 } from '../../citizens';
import { PHOTO_TYPES, type WaterPhoto } from './photo.entity';

const BASE64 = { max: EVIDENCE_MAX_BASE64, example: '/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==' };
/** What a request holds: of a photo that is too large it is said that it is. */
const REQUEST = 2 * 1024 * 1024;

export class PhotoInput {
  @Txt({ ...BASE64, max: REQUEST, about: 'JPEG or PNG of at most 1 MB' }) base64: string;
}

export class PhotoParam {
  @Id() id: number;
}

export class PhotoView {
  @Id() id: number;
  @Id({ nullable: true }) readingId: number | null;
  @Id({ nullable: true }) orderId: number | null;
  @OneOf(PHOTO_TYPES, { example: 'image/jpeg' }) contentType: string;
  @Txt({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }) sha256: string;
  @Int({ example: 182_044 }) sizeBytes: number;
  @Id({ about: 'employee' }) uploadedBy: number;
  @InstantField() uploadedAt: string;
}

export class PhotoContentView extends PhotoView {
  @Txt(BASE64) base64: string;
}

export const photoView = ({ base64: _, ...photo }: WaterPhoto): PhotoView => photo;
