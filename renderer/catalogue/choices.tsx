import { List, Plus, Rows3, Search } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Switch } from '../ui/switch.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { TextField } from '../ui/text-field.tsx';

export function Choices() {
  const [on, setOn] = useState(true);
  const [tab, setTab] = useState<'active' | 'failed' | 'all'>('active');
  const [lens, setLens] = useState<'outline' | 'raw'>('outline');
  const [filter, setFilter] = useState('');
  return (
    <>
      <Checkbox checked={on} onCheckedChange={setOn} label="Checked" />
      <Checkbox checked={false} onCheckedChange={setOn} label="Unchecked" help="With a line of help" />
      <Checkbox checked={false} indeterminate onCheckedChange={setOn} label="Some" />
      <Checkbox checked disabled onCheckedChange={setOn} label="Disabled" />
      <Segmented
        label="Lens"
        value={lens}
        onValueChange={setLens}
        segments={[
          { value: 'outline', label: 'Outline', icon: List },
          { value: 'raw', label: 'Raw', icon: Rows3 },
        ]}
      />
      <TextField
        aria-label="Filter"
        icon={Search}
        keys="/"
        value={filter}
        onValueChange={setFilter}
        placeholder="Filter"
        className="w-full"
      />
      <div className="w-full">
        <Switch label="Ask before network" help="Saved at once." checked={on} onCheckedChange={setOn} />
        <Switch
          label="Off"
          checked={!on}
          onCheckedChange={() => {
            setOn(!on);
          }}
        />
        <Switch label="Disabled" checked disabled onCheckedChange={setOn} />
      </div>
      <div className="w-full">
        <Tabs
          label="Filters"
          value={tab}
          onValueChange={setTab}
          tabs={[
            {
              value: 'active',
              label: 'Active',
              count: 4,
              panel: <p className="py-8 text-body text-ink-2">Active ones</p>,
            },
            {
              value: 'failed',
              label: 'Failed',
              count: 1,
              panel: <p className="py-8 text-body text-ink-2">Failed ones</p>,
            },
            { value: 'all', label: 'All', panel: <p className="py-8 text-body text-ink-2">All of them</p> },
          ]}
          aside={
            <Button size="small" icon={Plus}>
              Save filter
            </Button>
          }
        />
      </div>
    </>
  );
}
