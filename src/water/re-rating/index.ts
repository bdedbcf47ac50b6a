import { DifferencePosting } from './difference-posting';
import { DifferenceReversal } from './difference-reversal';
import { DifferenceSearch } from './difference-search';
import { DifferenceStore } from './difference-store';
import { Differences } from './differences';
import { ReRatingNotices } from './re-rating-notices';
import { ReRatingWorker } from './re-rating-worker';
import { ReRatings } from './re-ratings';
import { ReRatingsController } from './re-ratings.controller';

export const RE_RATING_CONTROLLERS = [ReRatingsController];
export const RE_RATING_PROVIDERS = [
  DifferencePosting,
  DifferenceReversal,
  DifferenceSearch,
  DifferenceStore,
  Differences,
  ReRatingNotices,
  ReRatingWorker,
  ReRatings,
];
