/** The run log as a file: what a replay or an analysis elsewhere needs. */
import type { StampedEvent } from '../clients/run-client';
import { RUN_LOG_VERSION } from '../core/run/run-event';

export interface RunLog {
  readonly version: number;
  readonly events: readonly StampedEvent[];
}

export function runLog(events: readonly StampedEvent[]): RunLog {
  return { version: RUN_LOG_VERSION, events };
}
