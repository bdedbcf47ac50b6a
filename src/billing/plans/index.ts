import { NextInstalments } from './next-instalments';
import { PlanReview } from './plan-review';
import { PlanStore } from './plan-store';
import { PlansController } from './plans.controller';
import { Plans } from './plans.service';

export const PLAN_CONTROLLERS = [PlansController];
export const PLAN_PROVIDERS = [NextInstalments, Plans, PlanReview, PlanStore];
