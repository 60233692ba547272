import { runDesktopHost } from './boot/desktop-host.ts';

runDesktopHost();
