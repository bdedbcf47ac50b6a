import { TemplateDrafts } from './template-drafts';
import { Templates } from './templates';
import { TemplatesController } from './templates.controller';

export const TEMPLATE_CONTROLLERS = [TemplatesController];
export const TEMPLATE_PROVIDERS = [Templates, TemplateDrafts];
