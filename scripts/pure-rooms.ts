import path from 'node:path';
import type { Plugin } from 'vite';

/** The rooms whose modules declare and do nothing else when they are imported. */
const rooms = ['main/domain', 'preload/contract', 'main/shared'];

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Leaves out of the dashboard what it does not use of the contract and the domain. A bundler must keep every schema that a module declares,
 * since a call may do anything; here each is marked as a call that does nothing but give its value.
 */
export function pureRooms(root: string): Plugin {
  const folders = rooms.map((room) => path.join(root, room) + path.sep);
  return {
    name: 'pure-rooms',
    apply: 'build',
    transform(code, id) {
      if (!folders.some((folder) => id.startsWith(folder))) return null;
      const values: Node[] = this.parse(code).body.flatMap((statement) => {
        const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
        return declared?.type === 'VariableDeclaration' && declared.kind === 'const'
          ? declared.declarations.flatMap(({ id: name, init }) =>
              init && name.type === 'Identifier' && !plain.has(init.type) ? [init] : [],
            )
          : [];
      });
      let marked = code;
      for (const { start, end } of values.toReversed())
        marked = `${marked.slice(0, start)}/* @__PURE__ */ (() => (${marked.slice(start, end)}))()${marked.slice(end)}`;
      return { code: marked, map: null };
    },
  };
}

/** What a bundler sees by itself to do nothing. */
const plain = new Set([
  'Literal',
  'TemplateLiteral',
  'ArrowFunctionExpression',
  'FunctionExpression',
  'Identifier',
]);
