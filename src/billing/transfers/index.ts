import { AccountClosing } from './account-closing';
import { AccountMoves } from './account-moves';
import { Advances } from './advances';
import { TransferPosting } from './transfer-posting';
import { TransferSplit } from './transfer-split';
import { Transfers } from './transfers';
import { TransfersController } from './transfers.controller';

export const TRANSFER_CONTROLLERS = [TransfersController];
export const TRANSFER_PROVIDERS = [AccountClosing, AccountMoves, Advances, TransferPosting, TransferSplit, Transfers];
