import type { Client } from '../../client/client.ts';
import { askEarlyNext } from '../../client/early.ts';
import type { PreferenceValues } from '../../app/preferences.ts';
import type { Search } from '../../app/routes.ts';
import { boardInput } from './board-input.ts';
import { readShown, shownOf, startOf, textOf } from './filter-address.ts';

/** Asks for the board of this address while the scripts that show it are still being read. */
export function askForBoard(
  client: Client,
  search: Search,
  preferences: PreferenceValues,
  project: string | undefined,
  { localStorage, location }: Pick<Window, 'localStorage' | 'location'>,
): void {
  const text = textOf(readShown(search));
  const kept = text === '' && (search['view'] ?? '') === '' ? startOf(false, preferences) : text;
  const input = boardInput(shownOf(kept).filter, project);
  client.ahead('proposal.board', input);
  askEarlyNext(localStorage, location.hash, 'proposal.board', input);
}
