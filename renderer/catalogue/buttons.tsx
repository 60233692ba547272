import { FolderPlus, Search, Trash2, Waves } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';

export function Buttons() {
  return (
    <>
      <Button variant="primary" keys="c">
        New
      </Button>
      <Button icon={Search} keys="/">
        Filter
      </Button>
      <Button variant="ghost">Ghost</Button>
      <Button variant="danger">Delete</Button>
      <Button size="small">Small</Button>
      <Button size="large" icon={FolderPlus}>
        Large
      </Button>
      <Button aria-pressed>Pressed</Button>
      <Button busy variant="primary">
        Saving
      </Button>
      <Button busy>Busy</Button>
      <Button unavailable="There is nothing to apply yet">Unavailable</Button>
      <Button variant="primary" unavailable="Choose a row first">
        Unavailable
      </Button>
      <IconButton icon={Search} label="Search" keys="$mod+k" />
      <IconButton icon={Waves} label="Waves" aria-pressed />
      <IconButton icon={Trash2} label="Delete" unavailable="Nothing is selected" size="small" />
    </>
  );
}
