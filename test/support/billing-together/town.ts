import { Offices } from './offices';

/** Acts of every slice of billing, in random order on a few shared accounts. */
export class Town extends Offices {
  /** @returns what was done */
  async step(): Promise<string> {
    const acts: [weight: number, act: () => Promise<unknown>][] = [
      [18, () => this.pay()],
      [9, () => this.charge()],
      [6, () => this.undoPayment()],
      [5, () => this.undoPart()],
      [12, () => this.cheque()],
      [9, () => this.online()],
      [9, () => this.bank()],
      [8, () => this.adjust()],
      [6, () => this.billRun()],
      [5, () => this.plan()],
      [5, () => this.transfer()],
      [4, () => this.campaign()],
      [4, () => this.dun()],
      [4, () => this.clearance()],
      [3, () => this.share()],
      [2, () => this.period()],
      [5, () => this.deposit()],
      [6, () => this.nextDay()],
    ];
    let dice = this.next() * acts.reduce((sum, [weight]) => sum + weight, 0);
    const [, act] = acts.find(([weight]) => (dice -= weight) < 0)!;
    this.last = '-';
    await act();
    return this.last;
  }
}
