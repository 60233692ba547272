import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { exitCode, failureTags, httpStatus } from './errors.ts';

const main = resolve(import.meta.dirname, '../../main');

/** Every tag a source file can fail with: `fail('…')`, `tag: …`, and calls of local functions whose first parameter is `tag`. */
function tagsIn(text: string): string[] {
  const source = ts.createSourceFile('planted.ts', text, ts.ScriptTarget.Latest, true);
  const takesTag = new Set(['fail']);
  const found = new Set<string>();
  const visit = (node: ts.Node, each: (node: ts.Node) => void): void => {
    each(node);
    node.forEachChild((child) => visit(child, each));
  };
  visit(source, (node) => {
    const made = ts.isVariableDeclaration(node) ? node.initializer : node;
    if (!made || !(ts.isFunctionDeclaration(made) || ts.isArrowFunction(made))) return;
    const name = ts.isVariableDeclaration(node)
      ? node.name
      : ts.isFunctionDeclaration(made)
        ? made.name
        : null;
    if (name && ts.isIdentifier(name) && made.parameters[0]?.name.getText() === 'tag')
      takesTag.add(name.text);
  });
  const literals = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) found.add(node.text);
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(literals);
  };
  visit(source, (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && takesTag.has(node.expression.text))
      node.arguments.slice(0, 1).forEach(literals);
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'tag') literals(node.initializer);
  });
  return [...found];
}

const used = new Map<string, string>();
for (const path of readdirSync(main, { recursive: true, encoding: 'utf8' }))
  if (path.endsWith('.ts') && !/\.test\.ts$|\/testing\/|test-repository/u.test(path))
    for (const tag of tagsIn(readFileSync(join(main, path), 'utf8'))) used.set(tag, path);

describe('failure tags', () => {
  it('finds tags where they are written, and nothing else', () => {
    const planted = `
      const refuse = (tag: string, message: string): never => { throw new Error(tag + message); };
      fail('plain', 'A sentence.'); refuse('local', 'x'); other('no_tag', 'x');
      const made = { tag: ready ? 'one_way' : 'or_another', message: 'tag: no' };`;
    expect(tagsIn(planted).sort()).toEqual(['local', 'one_way', 'or_another', 'plain']);
    expect(used.size).toBeGreaterThan(90);
  });

  it('all have a deliberate status and exit code', () => {
    const undecided = [...used].filter(([tag]) => !failureTags.includes(tag));
    expect(undecided.map(([tag, path]) => `${tag} in main/${path}`)).toEqual([]);
  });

  it('are all in use, but for those a host may say while it ends or refuses a method', () => {
    const spare = failureTags.filter((tag) => !used.has(tag));
    expect(spare.sort()).toEqual(['method_not_allowed', 'shutting_down']);
  });

  it('stand in one meaning each', () => {
    expect(failureTags.filter((tag, index) => failureTags.indexOf(tag) !== index)).toEqual([]);
  });

  it.each([
    ['invalid_input', 400, 2],
    ['unauthorised', 401, 1],
    ['forbidden_host', 403, 1],
    ['not_found', 404, 66],
    ['stale_version', 409, 75],
    ['target_checked_out', 409, 75],
    ['other_instance', 409, 69],
    ['expired', 410, 75],
    ['policy_violation', 422, 1],
    ['questions_open', 422, 1],
    ['internal', 500, 70],
    ['read_only', 503, 69],
    ['disk_full', 507, 1],
  ])('%s is status %i and exit code %i', (tag, status, exit) => {
    expect([httpStatus(tag), exitCode(tag)]).toEqual([status, exit]);
  });
});
