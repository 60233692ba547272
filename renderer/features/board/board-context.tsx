import { createContext, use, useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand/react';
import type { Stage } from '../../../preload/contract/moves.ts';
import { usePreferences } from '../../app/shell-context.tsx';
import { useClient } from '../../client/client-context.tsx';
import { createCursor, type Cursor, type CursorState } from './board-cursor.ts';
import { createLanes, type Lanes, type LanesState } from './lane-store.ts';
import { createBoard, type Board, type BoardState, type Column } from './board-store.ts';

interface Held {
  readonly board: Board;
  readonly lanes: Lanes;
  readonly cursor: Cursor;
  /** Whether this window has shown the board before. */
  readonly session: Session;
}
interface Session {
  isBegun(): boolean;
  begin(): void;
}
const BoardContext = createContext<Held | undefined>(undefined);

/** Lanes of goals and projects that are gone fall out at the other end. */
const mostFolded = 200;

/** Holds the board above the views, so that coming back shows it as it was left. */
export function BoardProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [held, setHeld] = useState<Held>();
  const [{ foldedLanes }, setPreferences] = usePreferences();
  const folded = useRef(foldedLanes);
  useEffect(() => {
    const made = {
      board: createBoard(client),
      lanes: createLanes(client, folded.current),
      cursor: createCursor(),
      session: createSession(),
    };
    const stopKeeping = made.lanes.store.subscribe((state, before) => {
      if (state.folded === before.folded) return;
      folded.current = [...state.folded].slice(-mostFolded);
      setPreferences({ foldedLanes: folded.current });
    });
    setHeld(made);
    return () => {
      made.board.stop();
      made.lanes.stop();
      stopKeeping();
    };
  }, [client, setPreferences]);
  return held ? <BoardContext value={held}>{children}</BoardContext> : null;
}

function createSession(): Session {
  let begun = false;
  return {
    isBegun: () => begun,
    begin() {
      begun = true;
    },
  };
}

export function useHeldBoard(): Held {
  const held = use(BoardContext);
  if (!held) throw new Error('The board needs a BoardProvider above it');
  return held;
}

export function useBoard(): Board {
  return useHeldBoard().board;
}
export function useCursor(): Cursor {
  return useHeldBoard().cursor;
}
export function useBoardState<T>(select: (state: BoardState) => T): T {
  return useStore(useHeldBoard().board.store, select);
}
export function useColumn(stage: Stage): Column | undefined {
  return useBoardState((state) => state.columns?.[stage]);
}
export function useCursorState<T>(select: (state: CursorState) => T): T {
  return useStore(useHeldBoard().cursor, select);
}
export function useLanes(): Lanes {
  return useHeldBoard().lanes;
}
export function useLanesState<T>(select: (state: LanesState) => T): T {
  return useStore(useHeldBoard().lanes.store, select);
}
