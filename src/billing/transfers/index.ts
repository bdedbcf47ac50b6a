import { AccountClosing } from './account-closing';
import { AccountMoves } from './account-moves';
import { TransferPosting } from './transfer-posting';
import { TransferSplit } from './transfer-split';
import { Transfers } from './transfers';
import { TransfersController } from './transfers.controller';

export const TRANSFER_CONTROLLERS = [TransfersController];
export const TRANSFER_PROVIDERS = [AccountClosing, AccountMoves, TransferPosting, TransferSplit, Transfers];
