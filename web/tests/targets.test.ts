import { expect, it } from 'vitest'
import { target } from '../src/charts/runCharts'
import type { TargetColumns } from '../src/data/api'
import { aligned, targetGroups, withTargets } from '../src/data/targets'

function row(name: string, points: [number, number | null][], unit = '%', source = 'process 1', length = 1): TargetColumns {
  return { source, name, unit, startSecond: points.map(p => p[0]), lengthSeconds: points.map(() => length), values: points.map(p => p[1]) }
}

it('adds what is new, wherever it lies', () => {
  const before = [row('CPU', [[0, 1], [10, 2]])]
  const after = withTargets(before, [row('CPU', [[5, 9], [10, 3], [15, null]]), row('memory', [[5, 7]], 'bytes')])
  expect(after[0]).toEqual(row('CPU', [[0, 1], [5, 9], [10, 3], [15, null]]))
  expect(after[1]).toEqual(row('memory', [[5, 7]], 'bytes'))
  expect(before[0]!.startSecond).toEqual([0, 10])
})

it('keeps the same objects where nothing is new', () => {
  const before = [row('CPU', [[0, 1]]), row('memory', [[0, 1]], 'bytes')]
  expect(withTargets(before, [row('CPU', []), row('memory', [], 'bytes')])).toBe(before)
  const after = withTargets(before, [row('CPU', [[5, 2]]), row('memory', [], 'bytes')])
  expect(after[1]).toBe(before[1])
})

it('draws one chart for each source and unit', () => {
  const groups = targetGroups([row('CPU', [[0, 1]]), row('memory', [[0, 1]], 'bytes'), row('q{a="1"}', [[0, 1]], '', 'prometheus q'), row('q{a="2"}', [[0, 2]], '', 'prometheus q')])
  expect(groups.map(group => group.map(r => r.name))).toEqual([['CPU'], ['memory'], ['q{a="1"}', 'q{a="2"}']])
  const chart = target(groups[2]!)
  expect([chart.title, ...chart.lines.map(line => line.label)]).toEqual(['q', '{a="1"}', '{a="2"}'])
})

it('puts the members of a chart under one axis', () => {
  const { columns, values } = aligned([row('a', [[0, 1], [60, 2]], '%', 's', 60), row('b', [[60, 5]], '%', 's', 60)])
  expect(columns).toEqual({ startSecond: [0, 60], lengthSeconds: [60, 60] })
  expect(values).toEqual([[1, 2], [null, 5]])
})

it('writes values in their unit', () => {
  const value = (unit: string, number: number) => target([row('a', [[0, number]], unit)]).lines[0]!.format(number)
  expect([value('%', 42.123), value('bytes', 5e6), value('ms', 1.5), value('s', 0.25), value('sessions', 12)].map(text => text.replaceAll('\u202f', ' ')))
    .toEqual(['42.1 %', expect.stringMatching(/MB|MiB/), expect.stringMatching(/1\.5\d* ms/), '250 ms', '12 sessions'])
})
