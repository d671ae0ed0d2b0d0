/** How far an activity is, in one line: `12.3 of 27.9 MB · 31.2 MB a second · 1 s left`. */
import type { ActivityWords } from '../../state/run.svelte';
import { duration } from './format';

export function activityAmount({ amount, rate, secondsLeft }: ActivityWords): string {
  const left = secondsLeft !== undefined && `${duration(secondsLeft)} left`;
  return [amount, rate, left].filter(Boolean).join(' · ');
}
