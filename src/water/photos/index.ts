import { Photos } from './photos';
import { PhotosController } from './photos.controller';

export const PHOTO_CONTROLLERS = [PhotosController];
export const PHOTO_PROVIDERS = [Photos];
