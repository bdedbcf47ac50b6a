import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Id, InstantField, OneOf, PageQuery, Refuses, Txt, type Page } from '@libs/http';
import { NOTIFICATIONS } from '../notifications.problems';
import { LANGUAGES, type Language } from '../templates/template.entity';
import { Letters } from './letters';

class LetterId {
  @Id() id: number;
}

export class LetterView {
  @Id() id: number;
  @Id() oneRecordId: number;
  @Txt({ max: 500, example: 'محمد أحمد خليل النابلسي' }) addressee: string;
  @OneOf(LANGUAGES, { example: 'ar' }) language: Language;
  @Txt({ nullable: true, example: 'إشعار' }) subject: string | null;
  @Txt({ max: 8000, example: 'نعلمكم أن …' }) body: string;
  @InstantField() createdAt: string;
}

@ApiTags('notifications')
@Controller('notifications/letters')
export class LettersController {
  constructor(private readonly letters: Letters) {}

  @Get()
  @Allow('notifications.letter.read')
  @ApiOperation({ summary: 'Letters that wait to be printed and posted, oldest first' })
  @ApiPage(LetterView)
  @Refuses('http.invalid')
  list(@Query() query: PageQuery): Promise<Page<LetterView>> {
    return this.letters.waiting(query);
  }

  @Post(':id/post')
  @HttpCode(200)
  @Allow('notifications.letter.post')
  @ApiOperation({ summary: 'A letter was printed and given to the post; it waits no more' })
  @ApiOkResponse({ type: LetterView })
  @Refuses('http.invalid', 'http.not-found', NOTIFICATIONS['notifications.letter-posted'])
  post(@Param() { id }: LetterId): Promise<LetterView> {
    return this.letters.post(id);
  }
}
