import { expect, it } from 'vitest';
import { checkByFiring, checkBySchedule, checkByZoneData } from './check-golden.ts';
import { checkJumps } from './check-jumps.ts';
import { golden } from './golden.ts';

it('agrees with the golden table of six zones, and the table with the zone data of the platform where midnight itself is missing', () => {
  expect(golden.length).toBe(144);
  expect(checkBySchedule(golden).faults).toEqual([]);
  expect(
    checkByZoneData(golden.filter(({ zone, season }) => zone === 'Africa/Cairo' && season === 'spring'))
      .faults,
  ).toEqual([]);
});

it('would notice a wrong row', () => {
  const [row] = golden;
  if (!row) throw new Error('the table is empty');
  const wrong = [{ ...row, times: [...row.times.slice(1), '2026-01-01T00:00Z'] }];
  expect(checkBySchedule(wrong).faults).toHaveLength(1);
  expect(checkByZoneData(wrong).faults).toHaveLength(1);
});

it('queues exactly the runs of the table on the day Lord Howe puts its clocks back half an hour', async () => {
  const rows = golden.filter(({ zone, season }) => zone === 'Australia/Lord_Howe' && season === 'autumn');
  expect((await checkByFiring(rows)).faults).toEqual([]);
});

it('fires nothing twice when the clock goes a year ahead and back', async () => {
  expect((await checkJumps(['+1 y and back'], ['run_once'])).faults).toEqual([]);
});
