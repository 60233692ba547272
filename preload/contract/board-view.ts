import { z } from 'zod';
import { boardViewSchema } from '../../main/domain/proposal/board-view.ts';
import { idSchema, versionSchema } from '../../main/domain/primitives.ts';
import { command, query } from './operation.ts';

const fields = boardViewSchema.pick({ name: true, filter: true, lanes: true, isDefault: true });

export const boardViewOperations = {
  'boardView.list': query(
    'GET /board-views',
    'The saved views of the board, by name.',
    z.object({}),
    z.array(boardViewSchema),
  ),
  'boardView.create': command(
    'POST /board-views',
    'Saves a view of the board under a name that no other has.',
    fields.extend({
      filter: boardViewSchema.shape.filter.default({}),
      lanes: boardViewSchema.shape.lanes.default('none'),
      isDefault: z.boolean().default(false),
    }),
    boardViewSchema,
  ),
  'boardView.update': command(
    'PATCH /board-views/{id}',
    'Renames a view, changes what it shows, or makes it what a new window starts with.',
    z.object({ id: idSchema, version: versionSchema, fields: fields.partial() }),
    boardViewSchema,
  ),
  'boardView.remove': command(
    'DELETE /board-views/{id}',
    'Removes a view. No proposal is touched.',
    z.object({ id: idSchema, version: versionSchema }),
    z.object({ id: idSchema }),
  ),
};
