import { z } from 'zod';
import { timeSchema } from '../primitives.ts';
import { valueList, type ValueOf } from '../value-list.ts';
import { schemaOf } from '../list-schema.ts';

/** What a secret is referred to by everywhere else; the value itself stays with its keeper. */
export const secretNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/u,
    'Use letters, digits, dots, dashes, underscores and slashes, up to 128, beginning with a letter or a digit.',
  );

export const SECRET_MAX_BYTES = 64 * 1024;

/** The text of a secret on its way in, and on no way out. */
export const secretTextSchema = z
  .string()
  .min(1, 'The secret is empty.')
  .refine((text) => new TextEncoder().encode(text).length <= SECRET_MAX_BYTES, 'Keep a secret under 64 KiB.');

/** What keeps the values of secrets. */
export const secretKeeper = valueList({
  safe_storage: 'Desktop app',
  secret_service: 'Keyring',
  keychain: 'Keychain',
  key_file: 'Encrypted file',
});
export type SecretKeeperKind = ValueOf<typeof secretKeeper>;

/** How well a keeper protects, best first: new secrets go to the best one there is. */
export const secretProtection = valueList({
  locked: 'Protected by the system',
  file_rights: 'Protected by file permissions alone',
  obscured: 'Hidden behind a fixed password',
  unusable: 'Not usable here',
});
export type SecretProtection = ValueOf<typeof secretProtection>;

export const secretEntrySchema = z.object({
  name: secretNameSchema,
  keeper: schemaOf(secretKeeper),
  updatedAt: timeSchema,
  /** Whether a keeper of this host can open it. */
  readable: z.boolean(),
});
export type SecretEntry = z.infer<typeof secretEntrySchema>;

export const keeperStateSchema = z.object({
  protection: schemaOf(secretProtection),
  /** One sentence: what it is and why it stands as it does. */
  detail: z.string(),
});
export type KeeperState = z.infer<typeof keeperStateSchema>;

export const secretsStatusSchema = z.object({
  /** Where a new secret goes; null: nowhere. */
  keeper: schemaOf(secretKeeper).nullable(),
  keepers: z.array(keeperStateSchema.extend({ kind: schemaOf(secretKeeper) })),
  folder: z.string(),
  count: z.int(),
  /** Files that hold no secret that can be understood. They are left as they are. */
  damaged: z.array(z.string()),
});
export type SecretsStatus = z.infer<typeof secretsStatusSchema>;
