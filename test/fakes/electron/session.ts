type AppHandler = (request: Request) => Response | Promise<Response>;
const handlers = new Map<string, AppHandler>();

/** What was set, for tests and for the windows. */
export const sessionRecord = {
  schemes: [] as string[],
  handlerOf: (scheme: string): AppHandler | undefined => handlers.get(scheme),
  permissionRequest: undefined as Parameters<Electron.Session['setPermissionRequestHandler']>[0] | undefined,
  permissionCheck: undefined as Parameters<Electron.Session['setPermissionCheckHandler']>[0] | undefined,
};

export const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]) {
    sessionRecord.schemes.push(...schemes.map(({ scheme }) => scheme));
  },
  handle(scheme: string, handler: AppHandler) {
    if (!sessionRecord.schemes.includes(scheme)) throw new Error(`${scheme} was not registered before ready`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string) {
    handlers.delete(scheme);
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle'>;

export const session = {
  /** What is kept apart there is of no use to what requests go through here. */
  fromPartition: (_partition: string) => Object.create(null) as Electron.Session,
  defaultSession: {
    setPermissionRequestHandler(handler: Parameters<Electron.Session['setPermissionRequestHandler']>[0]) {
      sessionRecord.permissionRequest = handler;
    },
    setPermissionCheckHandler(handler: Parameters<Electron.Session['setPermissionCheckHandler']>[0]) {
      sessionRecord.permissionCheck = handler;
    },
    setDevicePermissionHandler(_handler: Parameters<Electron.Session['setDevicePermissionHandler']>[0]) {},
  } satisfies Pick<
    Electron.Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
};
