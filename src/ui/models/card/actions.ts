/** What can be done with a model in each of its states: the buttons of its card. */
import type { CardStatus } from '../../../state/models/card-status';
import type { Fit } from '../../../state/models/fit';
import type { ModelEntry } from '../../../state/models/model-entry';
import { size } from '../../../state/models/sizes';

export type ActionName =
  'download' | 'resume' | 'cancel' | 'load' | 'delete' | 'forget' | 'use' | 'test' | 'unload';

export interface Action {
  readonly name: ActionName;
  readonly label: string;
  /** What the visitor most likely wants next. */
  readonly primary?: boolean;
  /** Asked before it is done. */
  readonly question?: string;
  readonly disabled?: boolean;
}

export interface ActionContext {
  readonly fit: Fit['verdict'];
  readonly storedBytes: number;
  /** Runs use this model. */
  readonly chosen: boolean;
  /** A run is under way. */
  readonly locked: boolean;
  readonly testing: boolean;
}

export function cardActions(
  entry: ModelEntry,
  { name }: CardStatus,
  { fit, storedBytes, chosen, locked, testing }: ActionContext,
): readonly Action[] {
  const possible = fit !== 'no';
  const { place, origin, type } = entry;
  const going: readonly Action[] = [
    ...(storedBytes > 0
      ? [{ name: 'delete', label: 'Delete', question: `Delete ${size(storedBytes)}?` } as const]
      : []),
    ...(origin === 'added' && storedBytes === 0
      ? [{ name: 'forget', label: 'Take from the list' } as const]
      : []),
  ];
  switch (name) {
    case 'unknown':
    case 'deleting':
      return [];
    case 'downloading':
    case 'loading':
      return [{ name: 'cancel', label: 'Cancel' }];
    case 'absent':
      return [
        ...(possible ? [{ name: 'download', label: 'Download', primary: true } as const] : []),
        ...going,
      ];
    case 'interrupted':
      return [
        ...(possible ? [{ name: 'resume', label: 'Resume', primary: true } as const] : []),
        ...going,
      ];
    case 'here':
      return [
        ...(possible
          ? [{ name: 'load', label: LOAD[place] ?? 'Load', primary: true } as const]
          : []),
        ...going,
      ];
    case 'ready': {
      const kept = locked && chosen;
      return [
        ...(type === 'embedding' || chosen
          ? []
          : [{ name: 'use', label: 'Use for runs', primary: true, disabled: locked } as const]),
        // A run's calls would wait behind the test.
        { name: 'test', label: 'Self-test', disabled: testing || kept },
        { name: 'unload', label: place === 'server' ? 'Disconnect' : 'Unload', disabled: kept },
      ];
    }
    // What to do about a failure stands beside it.
    case 'failed':
      return going;
  }
}

const LOAD: Partial<Readonly<Record<ModelEntry['place'], string>>> = { server: 'Connect' };
