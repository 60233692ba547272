import { calendarBounds } from '../domain/account/quota.ts';
import { costStateOf, costWords } from '../domain/cost/cost-state.ts';
import { listCaps } from '../runtime/claim-blocks.ts';
import { formatTime } from '../shared/clock.ts';
import { fail, ok } from '../shared/result.ts';
import { ownerZone } from '../store/account-window-store.ts';
import type { Read } from '../store/database.ts';
import { setProjectCap } from '../store/project-cap-store.ts';
import { getProject } from '../store/project-store.ts';
import { listCosts, namesOf, type CostRow } from '../store/turn-use-store.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';

const NAMELESS = {
  project: 'A removed project',
  goal: 'No goal',
  run: 'A removed run',
  account: 'No account',
  model: 'Not told',
};
/** Far more groups than are shown, so that the total is that of all. */
const ALL = 1_000_000;

export function costHandlers({
  store,
  clock,
  ports,
}: ApiOptions): Pick<Handlers, `cost.${string}` & keyof Handlers> {
  const today = (read: Read): { from: string; to: string; zone: string } => {
    const zone = ownerZone(read);
    const { from, to } = calendarBounds('day', clock.now(), { zone, at: '00:00', weekday: 1 });
    return { from: formatTime(from), to: formatTime(to), zone };
  };
  return {
    'cost.report': ({ by, from, to, limit }) =>
      store.read((read) => {
        const day = today(read);
        const between = { from: from ?? day.from, to: to ?? day.to };
        if (between.from >= between.to)
          return fail('invalid_input', 'These times hold nothing: the end is not after the beginning.');
        const rows = listCosts(read, by, { ...between, limit: ALL });
        const shown = rows.slice(0, limit);
        const names = namesOf(
          read,
          by,
          shown.map(({ key }) => key),
        );
        return ok({
          ...between,
          total: sum(rows),
          rows: shown.map((row) => ({
            ...sum([row]),
            key: row.key,
            name: names.get(row.key) ?? (by === 'model' && row.key !== '' ? row.key : NAMELESS[by]),
          })),
        });
      }),
    'cost.today': () =>
      ok(
        store.read((read) => {
          const { from, to, zone } = today(read);
          return {
            total: sum(listCosts(read, 'project', { from, to, limit: ALL })),
            zone,
            resetsAt: to,
            caps: listCaps(read, clock.iso()).map(({ projectId, name, capMicroUsd, spentMicroUsd }) => ({
              projectId: projectId || null,
              name,
              capMicroUsd,
              spentMicroUsd,
            })),
            prices: ports.prices(),
          };
        }),
      ),
    'cost.prices': () => {
      const { date, prices } = ports.priceTable();
      return ok({ date, prices: [...prices].sort((a, b) => (a.model < b.model ? -1 : 1)) });
    },
    'cost.cap': ({ id, capMicroUsd }, { actor }) =>
      store.tryWrite((write) => {
        getProject(write, id);
        setProjectCap(write, id, capMicroUsd, actor.name);
        return { id, capMicroUsd };
      }),
  };
}

function sum(rows: readonly CostRow[]) {
  const total = { costMicroUsd: 0, tokensIn: 0, tokensOut: 0, tokensCached: 0 };
  const turns = { known: 0, unknown: 0, plan: 0 };
  for (const row of rows) {
    for (const figure of ['costMicroUsd', 'tokensIn', 'tokensOut', 'tokensCached'] as const)
      total[figure] += row[figure];
    for (const kind of ['known', 'unknown', 'plan'] as const) turns[kind] += row.turns[kind];
  }
  const state = costStateOf(turns);
  return { ...total, state, words: costWords(total.costMicroUsd, state) };
}
