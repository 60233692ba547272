import { z } from 'zod';
import { idSchema, versionSchema } from '../../main/domain/primitives.ts';
import { runViewSchema } from '../../main/domain/run/run-view.ts';
import { command, query } from './operation.ts';

const fields = runViewSchema.pick({ name: true, tab: true, filter: true });

export const runViewOperations = {
  'runView.list': query(
    'GET /run-views',
    'The saved views of the list of runs, in the order they were made.',
    z.object({}),
    z.array(runViewSchema),
  ),
  'runView.create': command(
    'POST /run-views',
    'Saves a list of runs under a name that no other has.',
    fields.extend({
      tab: runViewSchema.shape.tab.default('all'),
      filter: runViewSchema.shape.filter.default({}),
    }),
    runViewSchema,
  ),
  'runView.update': command(
    'PATCH /run-views/{id}',
    'Renames a view of the list of runs, or changes what it shows.',
    z.object({ id: idSchema, version: versionSchema, fields: fields.partial() }),
    runViewSchema,
  ),
  'runView.remove': command(
    'DELETE /run-views/{id}',
    'Removes a view of the list of runs. No run is touched.',
    z.object({ id: idSchema, version: versionSchema }),
    z.object({ id: idSchema }),
  ),
};
