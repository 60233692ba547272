import { checkForm } from '../agents/declared/check-form.ts';
import type { NewRunEvent } from '../domain/run/run-event.ts';
import { ok } from '../shared/result.ts';
import type { ApiOptions } from './api-options.ts';
import type { Handlers } from './dispatch.ts';
import { listAccounts } from '../store/account-store.ts';
import { firstLine } from './first-line.ts';
import { modelPlaces } from './model-places.ts';

/** As much of a recorded turn as a person looks through. */
const MOST_SHOWN = 500;

export function agentHandlers({
  store,
  clock,
  secrets,
  ports,
}: Pick<ApiOptions, 'store' | 'clock' | 'secrets' | 'ports'>): Pick<
  Handlers,
  `agent.${string}` & keyof Handlers
> {
  return {
    'agent.models': async ({ name, fresh }) => {
      const accounts = store.read((read) => listAccounts(read, clock.iso(), name));
      return ports.models(name, await modelPlaces({ ports, secrets }, name, accounts), fresh);
    },
    'agent.check'(input) {
      const checked = checkForm(input);
      if (!checked.ok) return checked;
      const { form, events, unread, ending } = checked.value;
      const { tokensIn, tokensOut, tokensCached, costMicroUsd, taskState, message, sessionId, model } =
        ending;
      return ok({
        name: form.name,
        label: form.label,
        events: events.slice(0, MOST_SHOWN).map((event) => ({ type: event.type, text: lineOf(event) })),
        unread: unread.slice(0, MOST_SHOWN),
        ending: {
          class: ending.class,
          taskState,
          message,
          sessionId,
          model,
          tokensIn,
          tokensOut,
          tokensCached,
          costMicroUsd,
        },
      });
    },
  };
}

function lineOf(event: NewRunEvent): string {
  switch (event.type) {
    case 'message':
    case 'reasoning':
      return firstLine(event.payload.text);
    case 'tool_call':
      return `${event.payload.tool} ${JSON.stringify(event.payload.input).slice(0, 200)}`;
    case 'tool_result':
      return `${event.payload.ok ? 'ok' : 'failed'} ${firstLine(event.payload.output)}`.trim();
    case 'usage':
      return `${String(event.payload.tokensIn)} in, ${String(event.payload.tokensCached)} cached, ${String(event.payload.tokensOut)} out`;
    case 'retry':
      return `${firstLine(event.payload.reason)}, again in ${String(event.payload.afterMs)} ms`;
    case 'error':
      return firstLine(event.payload.message);
    default:
      return '';
  }
}
