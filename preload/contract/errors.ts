import { z } from 'zod';

/** How a failed operation travels: the shape of `Failure` in main, parsed at the edge. */
export const failureSchema = z.object({
  tag: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  details: z.json().optional(),
});
export type ContractFailure = z.infer<typeof failureSchema>;

export type Reply<T> = { ok: true; value: T } | { ok: false; error: ContractFailure };

/** What kinds of failure mean to a program: the HTTP status, and the exit code of the command line. */
const meanings = {
  /** The request itself is wrong. */
  wrong_use: {
    status: 400,
    exit: 2,
    tags: [
      'invalid_input',
      'usage',
      'invalid_stages',
      'invalid_trigger',
      'relative_path',
      'endpoint_invalid',
    ],
  },
  not_signed_in: { status: 401, exit: 1, tags: ['unauthorised', 'no_token'] },
  forbidden: {
    status: 403,
    exit: 1,
    tags: ['forbidden_origin', 'forbidden_host', 'not_owner', 'remote_host'],
  },
  not_there: {
    status: 404,
    exit: 66,
    tags: ['not_found', 'unknown_operation', 'unknown_path', 'unknown_commit'],
  },
  wrong_method: { status: 405, exit: 2, tags: ['method_not_allowed'] },
  /** Right in itself, but not as things stand now: look again, or clear what is in the way. */
  conflict: {
    status: 409,
    exit: 75,
    tags: [
      'account_exists',
      'already_decided',
      'already_proposed',
      'branch_exists',
      'changed_meanwhile',
      'data_not_empty',
      'dirty_target',
      'file_exists',
      'filtered_files',
      'foreign_worktree',
      'illegal_transition',
      'lease_lost',
      'intent_busy',
      'intent_ended',
      'intent_has_runs',
      'merge_conflict',
      'merged_tests_failed',
      'not_decidable',
      'not_in_research',
      'not_plannable',
      'not_planning',
      'not_on_target',
      'not_undoable',
      'move_unfinished',
      'not_waiting',
      'nothing_to_apply',
      'nothing_to_roll_back',
      'project_busy',
      'not_damaged',
      'project_exists',
      'ref_moved',
      'repository_locked',
      'roll_back_conflict',
      'run_ended',
      'stale_version',
      'shortcut_taken',
      'target_busy',
      'target_checked_out',
      'target_gone',
      'target_moved',
      'uncommitted_work',
      'unrelated_history',
      'worktree_in_use',
      'worktree_leftover',
    ],
  },
  other_instance: { status: 409, exit: 69, tags: ['other_instance'] },
  called_off: { status: 409, exit: 1, tags: ['agent_cancelled', 'cancelled', 'interrupted'] },
  gone: { status: 410, exit: 75, tags: ['expired', 'unknown_token'] },
  too_large: { status: 413, exit: 1, tags: ['prompt_too_long', 'too_large'] },
  not_json: { status: 415, exit: 2, tags: ['unsupported_media_type'] },
  /** Understood, and refused for what it asks: something has to be given or mended first. */
  refused: {
    status: 422,
    exit: 1,
    tags: [
      'account_unfit',
      'agent_file_invalid',
      'agent_settings_unreadable',
      'bare_repository',
      'dubious_ownership',
      'endpoint_auth',
      'endpoint_unknown',
      'event_cycle',
      'executor_unknown',
      'feedback_required',
      'folder_missing',
      'foreign_folder',
      'goal_cycle',
      'malformed_export',
      'model_missing',
      'model_without_tools',
      'no_branch',
      'no_commits',
      'no_notifications',
      'no_plan',
      'no_project',
      'no_shell_command',
      'no_test_command',
      'node_missing',
      'node_too_old',
      'not_a_file',
      'not_a_folder',
      'not_a_repository',
      'not_offered',
      'not_text',
      'objects_missing',
      'outside_workspace',
      'own_folder',
      'path_missing',
      'path_refused',
      'path_too_long',
      'permission_denied',
      'policy_violation',
      'program_missing',
      'project_problem',
      'questions_open',
      'reason_required',
      'secret_unreadable',
      'setup_failed',
      'shell_command_missing',
      'text_required',
      'unreadable',
      'unreadable_file',
      'worktree_missing',
    ],
  },
  too_often: { status: 429, exit: 75, tags: ['too_many_attempts'] },
  /** A run, a plan, a check or the demo that did not reach its end. */
  unfinished: {
    status: 500,
    exit: 1,
    tags: [
      'agent_notice',
      'demo_failed',
      'demo_stalled',
      'evidence_missing',
      'no_progress',
      'planner_failed',
      'planner_malformed',
      'planning_failed',
      'recovered_too_often',
      'source_failed',
      'stages_unfinished',
      'tests_ended',
      'tests_failed',
    ],
  },
  /** Something below Homer failed: git, a process, a file, the desktop. */
  machine: {
    status: 500,
    exit: 1,
    tags: [
      'archive_damaged',
      'backup_damaged',
      'backup_failed',
      'child_gone',
      'child_not_recorded',
      'child_not_started',
      'clock_stands_still',
      'command_not_started',
      'export_failed',
      'git_failed',
      'git_too_old',
      'import_failed',
      'keyring_failed',
      'login_item_refused',
      'no_browser',
      'no_secret_keeper',
      'secret_damaged',
      'spool_unusable',
      'tick_failed',
      'upkeep_failed',
    ],
  },
  bug: { status: 500, exit: 70, tags: ['internal', 'invalid_output'] },
  /** Homer cannot work here or now. */
  unavailable: {
    status: 503,
    exit: 69,
    tags: [
      'not_ready',
      'cannot_listen',
      'disk_failed',
      'no_session_bus',
      'port_in_use',
      'read_only',
      'runner_closed',
      'shutting_down',
      'store_busy',
      'endpoint_unreachable',
      'unreachable',
    ],
  },
  unusable: {
    status: 503,
    exit: 1,
    tags: [
      'database_damaged',
      'database_failed',
      'git_missing',
      'migration_changed',
      'newer_database',
      'safe_mode',
      'unsupported_platform',
    ],
  },
  too_slow: { status: 504, exit: 1, tags: ['git_timeout'] },
  disk_full: { status: 507, exit: 1, tags: ['disk_budget', 'disk_full', 'disk_short'] },
} as const satisfies Record<string, { status: number; exit: number; tags: readonly string[] }>;

const byTag = new Map<string, { readonly status: number; readonly exit: number }>(
  Object.values(meanings).flatMap(({ status, exit, tags }) =>
    tags.map((tag) => [tag, { status, exit }] as const),
  ),
);

/** Every failure tag there is; a test holds it against the source. */
export const failureTags: readonly string[] = [...byTag.keys()];

/** HTTP status of a failure tag; 400 for one that a newer host made up. */
export function httpStatus(tag: string): number {
  return byTag.get(tag)?.status ?? 400;
}

/** Exit codes of the command line, as in sysexits: 2 wrong use, 66 not found, 69 cannot be reached, 75 conflict, 70 a bug, 1 the rest. */
export function exitCode(tag: string): number {
  return byTag.get(tag)?.exit ?? 1;
}
