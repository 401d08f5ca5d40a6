import type { Cost } from '../api/contract';

/** An amount as people write it, rounded to the cent. */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(
    amount,
  );
}

/** What a render cost, or is expected to cost. */
export function costInWords(cost: Cost | null | undefined): string {
  const currency = cost?.currency ?? 'USD';
  if (typeof cost?.actual === 'number') {
    const possible = cost.possible ?? 0;
    return money(cost.actual, currency) + (possible > 0 ? ` (up to ${money(possible, currency)} more)` : '');
  }
  if (typeof cost?.estimated === 'number') {
    return `${cost.estimated > 0 ? 'about ' : ''}${money(cost.estimated, currency)}`;
  }
  return '–';
}
