import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { httpStatus, type ContractFailure } from '../../../preload/contract/errors.ts';
import type { Failure } from '../../shared/result.ts';
import type { AppContext } from './app-env.ts';

/** Tags that only the HTTP edge knows. */
const edgeStatus: Readonly<Record<string, number>> = {
  forbidden_host: 403,
  unknown_path: 404,
  method_not_allowed: 405,
  unsupported_media_type: 415,
  too_many_attempts: 429,
};

export function statusOf(tag: string): ContentfulStatusCode {
  return (edgeStatus[tag] ?? httpStatus(tag)) as ContentfulStatusCode;
}

/** A failure as every HTTP surface says it. */
export function refuse(c: AppContext, error: Failure | ContractFailure): Response {
  return c.json({ ok: false, error }, statusOf(error.tag));
}
