// House rules that no published plugin states the way the architecture does. Each rule carries one ban, so that
// `eslint.config.js` can say room by room where the ban ends, and `lint-bans.test.ts` can prove it.
import { relative, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Path of the linted file below the repository root, with forward slashes. */
function pathInRepository(context) {
  return relative(root, context.filename).split(sep).join('/');
}

/** Free of a local declaration of the same name: then it is the global. */
function isGlobal(context, identifier) {
  for (let scope = context.sourceCode.getScope(identifier); scope; scope = scope.upper) {
    const variable = scope.set.get(identifier.name);
    if (variable) return variable.defs.length === 0;
  }
  return true;
}

function memberName(node) {
  if (!node.computed && node.property.type === 'Identifier') return node.property.name;
  if (node.computed && node.property.type === 'Literal') return String(node.property.value);
  return undefined;
}

const GLOBAL_OBJECTS = new Set(['globalThis', 'window', 'self', 'global']);
const TIMERS = new Set(['setTimeout', 'setInterval']);
/** What reads or waits on the machine's clock, as object -> members. */
const CLOCK_MEMBERS = new Map([
  ['Date', new Set(['now'])],
  ['performance', new Set(['now', 'timeOrigin', 'mark', 'measure'])],
  ['process', new Set(['hrtime', 'uptime'])],
  ['AbortSignal', new Set(['timeout'])],
]);
const CLOCK_MODULES = /^(node:)?(timers(\/promises)?|perf_hooks)$/;

const noWallClock = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      clock:
        '{{what}} reads the machine clock; take a Clock instead (main/shared/clock.ts, renderer/client/clock.ts).',
    },
  },
  create(context) {
    const report = (node, what) => context.report({ node, messageId: 'clock', data: { what } });
    const checkModule = (node) => {
      const name = node.source?.value;
      if (typeof name !== 'string' || !CLOCK_MODULES.test(name)) return;
      const taken = node.specifiers?.map((specifier) => specifier.imported?.name) ?? [];
      // A histogram counts what it is given and looks at no clock.
      if (taken.length > 0 && taken.every((word) => word === 'createHistogram')) return;
      report(node, `'${name}'`);
    };
    return {
      Identifier(node) {
        if (!TIMERS.has(node.name)) return;
        const { parent } = node;
        if (parent.type === 'MemberExpression' && parent.property === node) return;
        if (parent.type === 'Property' && parent.key === node && !parent.shorthand) return;
        if (/^TS|^PropertyDefinition$|^MethodDefinition$|Specifier$/.test(parent.type)) return;
        if (isGlobal(context, node)) report(node, node.name);
      },
      MemberExpression(node) {
        const member = memberName(node);
        if (member === undefined) return;
        const { object } = node;
        if (object.type === 'Identifier' && isGlobal(context, object)) {
          if (GLOBAL_OBJECTS.has(object.name) && TIMERS.has(member)) report(node, `${object.name}.${member}`);
          if (CLOCK_MEMBERS.get(object.name)?.has(member)) report(node, `${object.name}.${member}`);
        }
        if (object.type === 'MemberExpression' && object.object.type === 'Identifier') {
          const owner = memberName(object);
          if (GLOBAL_OBJECTS.has(object.object.name) && CLOCK_MEMBERS.get(owner)?.has(member)) {
            report(node, `${owner}.${member}`);
          }
        }
      },
      VariableDeclarator(node) {
        if (node.id.type !== 'ObjectPattern' || node.init?.type !== 'Identifier') return;
        const members = GLOBAL_OBJECTS.has(node.init.name) ? TIMERS : CLOCK_MEMBERS.get(node.init.name);
        if (!members || !isGlobal(context, node.init)) return;
        for (const property of node.id.properties) {
          if (property.type === 'Property' && members.has(property.key.name)) {
            report(property, `${node.init.name}.${property.key.name}`);
          }
        }
      },
      // `new Date(ms)` only converts; without an argument it asks what time it is.
      NewExpression(node) {
        if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date' || node.arguments.length > 0)
          return;
        if (isGlobal(context, node.callee)) report(node, 'new Date()');
      },
      CallExpression(node) {
        if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date') return;
        if (isGlobal(context, node.callee)) report(node, 'Date()');
      },
      ImportDeclaration: checkModule,
      ExportNamedDeclaration: checkModule,
      ImportExpression: checkModule,
    };
  },
};

const RAW_IPC = new Set(['ipcMain', 'ipcRenderer', 'contextBridge']);

const noRawIpc = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      raw: 'Raw {{name}} belongs to main/desktop and preload/bridge.ts; declare an operation in preload/contract.',
    },
  },
  create(context) {
    const seen = new Set();
    const report = (node, name) => {
      const at = node.range.join();
      if (seen.has(at)) return;
      seen.add(at);
      context.report({ node, messageId: 'raw', data: { name } });
    };
    return {
      Identifier(node) {
        if (RAW_IPC.has(node.name)) report(node, node.name);
      },
      'MemberExpression > Literal.property'(node) {
        if (RAW_IPC.has(node.value)) report(node, node.value);
      },
    };
  },
};

function isNothing(node) {
  if (!node) return true;
  if (node.type === 'Identifier' && node.name === 'undefined') return true;
  return node.type === 'UnaryExpression' && node.operator === 'void' && node.argument.type === 'Literal';
}

/** Whether a statement list turns the failure into something: a throw, a value, an assignment, a call. */
function responds(node, keys) {
  if (
    node.type === 'ThrowStatement' ||
    node.type === 'AssignmentExpression' ||
    node.type === 'CallExpression'
  )
    return true;
  if (node.type === 'UpdateExpression') return true;
  if (node.type === 'ReturnStatement' && node.argument) return true;
  for (const key of keys[node.type] ?? []) {
    for (const child of [node[key]].flat()) if (child && responds(child, keys)) return true;
  }
  return false;
}

const noSwallowedError = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      empty: 'This catch is empty: handle the error, turn it into a Result, or let it rise.',
      ignored: 'This catch ignores the error: handle it, turn it into a Result, or let it rise.',
      unread:
        "'{{name}}' is caught and never read: use it, or drop the name if its kind is the whole answer.",
      handler: 'This rejection handler ignores the error: handle it, or let it rise.',
    },
  },
  create(context) {
    const keys = context.sourceCode.visitorKeys;
    const checkHandler = (handler) => {
      if (handler?.type !== 'ArrowFunctionExpression' && handler?.type !== 'FunctionExpression') return;
      const { body } = handler;
      const empty = body.type === 'BlockStatement' ? !responds(body, keys) : isNothing(body);
      const returnsNothing =
        body.type === 'BlockStatement' &&
        body.body.length === 1 &&
        body.body[0].type === 'ReturnStatement' &&
        isNothing(body.body[0].argument);
      if (empty || returnsNothing) context.report({ node: handler, messageId: 'handler' });
    };
    return {
      CatchClause(node) {
        if (node.body.body.length === 0) return context.report({ node, messageId: 'empty' });
        if (!node.param) {
          if (!responds(node.body, keys)) context.report({ node, messageId: 'ignored' });
          return;
        }
        for (const variable of context.sourceCode.getDeclaredVariables(node)) {
          if (variable.references.some((reference) => reference.isRead())) continue;
          context.report({ node, messageId: 'unread', data: { name: variable.name } });
        }
      },
      CallExpression(node) {
        if (node.callee.type !== 'MemberExpression') return;
        const name = memberName(node.callee);
        if (name === 'catch') checkHandler(node.arguments[0]);
        if (name === 'then') checkHandler(node.arguments[1]);
      },
    };
  },
};

const packageRooms = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } }],
    messages: { stray: "'{{name}}' may be imported only in {{rooms}} (types included)." },
  },
  create(context) {
    const [rooms = {}] = context.options;
    const path = pathInRepository(context);
    const check = (node, specifier) => {
      if (typeof specifier !== 'string') return;
      const name = Object.keys(rooms).find((key) => specifier === key || specifier.startsWith(`${key}/`));
      if (name === undefined || rooms[name].some((room) => path === room || path.startsWith(`${room}/`)))
        return;
      context.report({ node, messageId: 'stray', data: { name, rooms: rooms[name].join(', ') } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source.value),
      TSImportType: (node) => check(node, (node.source ?? node.argument?.literal)?.value),
      TSExternalModuleReference: (node) => check(node, node.expression.value),
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'require')
          check(node, node.arguments[0]?.value);
      },
    };
  },
};

const FILE_NAME = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|tsx|js|mjs|cjs)$/;
const VAGUE_NAME = /(^|[-.])(utils?|helpers?|managers?|services?)([-.]|$)/;

const fileName = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      shape: "'{{name}}' is not kebab-case.",
      vague: "'{{name}}' says nothing of its subject: name the file after the one thing it does.",
    },
  },
  create(context) {
    return {
      Program(node) {
        const name = pathInRepository(context).split('/').at(-1);
        if (!FILE_NAME.test(name)) context.report({ node, messageId: 'shape', data: { name } });
        if (VAGUE_NAME.test(name)) context.report({ node, messageId: 'vague', data: { name } });
      },
    };
  },
};

const explainedDisable = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      bare: 'Name the rules and say why after "--": a rule switched off without a reason cannot be reviewed.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const match = /^\s*eslint-disable(-next-line|-line)?\b(.*)$/s.exec(comment.value);
          if (!match) continue;
          const [rules = '', why = ''] = (match[2] ?? '').split(/\s--+\s/, 2);
          if (rules.trim() === '' || why.trim() === '')
            context.report({ loc: comment.loc, messageId: 'bare' });
        }
      },
    };
  },
};

export const house = {
  rules: {
    'explained-disable': explainedDisable,
    'file-name': fileName,
    'no-raw-ipc': noRawIpc,
    'no-swallowed-error': noSwallowedError,
    'no-wall-clock': noWallClock,
    'package-rooms': packageRooms,
  },
};
