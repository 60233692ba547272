import { Archive, Check, Play, Trash2 } from 'lucide-react';
import { type MenuEntry } from '../ui/menu.tsx';

/** What the menus offer: plain, ticked, unavailable, dangerous. */
export const entries: readonly MenuEntry[] = [
  { id: 'open', label: 'Open', icon: Play, keys: 'Enter', onSelect: () => undefined },
  { id: 'archive', label: 'Archive', icon: Archive, keys: 'e', onSelect: () => undefined },
  {
    id: 'apply',
    label: 'Apply',
    icon: Check,
    unavailable: 'There is nothing to apply yet',
    onSelect: () => undefined,
  },
  'separator',
  { heading: 'Density' },
  { id: 'compact', label: 'Compact', checked: false, onSelect: () => undefined },
  { id: 'default', label: 'Default', checked: true, onSelect: () => undefined },
  'separator',
  { id: 'delete', label: 'Delete', icon: Trash2, danger: true, onSelect: () => undefined },
];
