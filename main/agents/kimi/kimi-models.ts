import { join } from 'node:path';
import { modelNamed, type OfferedModel } from '../../domain/agent/model-list.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ToldModels } from '../executor.ts';
import { headOf } from '../read-head.ts';

const MOST_BYTES = 512 * 1024;

/** The models that Kimi's own configuration names: it takes no others. The one it uses by itself comes first. */
export function kimiModels(home: string | undefined): Result<ToldModels> {
  const models = home === undefined ? [] : readConfig(headOf(join(home, 'config.toml'), MOST_BYTES));
  if (models.length > 0) return ok({ source: 'file', models });
  return fail('models_untold', "Kimi's configuration names no models yet: start kimi once and log in.");
}

/** Tables `[models.name]` and `[models."a name with dots"]`, with how much each can hold. */
export function readConfig(toml: string): OfferedModel[] {
  const parts = toml.split(/^(?=\[)/mu);
  const first = /^\s*default_model\s*=\s*"([^"]+)"/mu.exec(parts[0] ?? '')?.[1];
  const models = parts.flatMap((part) => {
    const head = /^\[models\.(?:"([^"]+)"|([\w-]+))\]/u.exec(part);
    const name = head?.[1] ?? head?.[2];
    if (name === undefined || name.length > 200) return [];
    const size = /^\s*max_context_size\s*=\s*([\d_]+)/mu.exec(part)?.[1];
    return [
      modelNamed(name, { contextTokens: size === undefined ? null : Number(size.replaceAll('_', '')) }),
    ];
  });
  return models.sort((a, b) => Number(b.name === first) - Number(a.name === first));
}
