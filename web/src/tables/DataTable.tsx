import { Fragment, type KeyboardEvent, memo, type MouseEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { useMessages } from '../i18n'
import { Icon } from '../ui/Icon'
import { rowHeight, rowsThere, useRowsInSight } from './useRowsInSight'

export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly unit?: string
  readonly text?: boolean
  /** What it is sorted by; without it the column cannot be sorted. */
  readonly value?: (row: Row) => number | string | null
  readonly cell: (row: Row) => ReactNode
  /** The exact value, shown on hover. */
  readonly title?: (row: Row) => string | undefined
  readonly className?: string
  /** Whatever changes the look of the cell besides the row, so that a row is drawn again only when it must be. */
  readonly width?: string
}

export interface Sorting { readonly key: string; readonly down: boolean }

interface Props<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly sorting: Sorting
  readonly onSort: (sorting: Sorting) => void
  readonly foot?: Row | undefined
  readonly detail?: (row: Row) => ReactNode
  readonly rowClass?: (row: Row) => string
  readonly opened?: string | null
  readonly onOpen?: (key: string | null) => void
}

/** A table with sortable columns, a head and a last row that stay in sight, and rows that open. */
export function DataTable<Row>(props: Props<Row>) {
  const { columns, rows, sorting, onSort, rowKey } = props
  const messages = useMessages()
  const [ownOpened, setOwnOpened] = useState<string | null>(null)
  const opened = props.opened !== undefined ? props.opened : ownOpened
  const setOpened = props.onOpen ?? setOwnOpened
  const sorted = useMemo(() => sortRows(rows, columns, sorting), [rows, columns, sorting])
  const open = (key: string) => setOpened(opened === key ? null : key)
  const box = useRef<HTMLDivElement>(null)
  const openedAt = useMemo(() => (opened === null || !props.detail ? -1 : sorted.findIndex(row => rowKey(row) === opened)), [sorted, opened, rowKey, props.detail])
  const sight = useRowsInSight(box, sorted.length, openedAt)
  const there = rowsThere(sight, openedAt, sorted.length)
  const after = sorted.length - 1 - (there.at(-1)?.index ?? -1)
  const shape = columns.map(column => column.key + column.label).join()

  // The exact value of a cell is put there when somebody points at it: hundreds of them a second, which nobody asked for, would cost more than the texts in sight.
  const explain = (event: MouseEvent) => {
    const cell = (event.target as Element).closest('td')
    const index = Number(cell?.parentElement?.getAttribute('aria-rowindex')) - 2
    const row = sorted[index] ?? (index === sorted.length ? props.foot : undefined)
    if (cell && row) cell.title = columns[cell.cellIndex]?.title?.(row) ?? ''
  }

  return (
    <div className="table-box" ref={box}>
      <table className="data" aria-label={props.label} aria-rowcount={sorted.length + (props.foot ? 2 : 1)} onMouseOver={explain}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(column => {
              const now = sorting.key === column.key
              return (
                <th key={column.key} scope="col" className={column.text ? 'text' : 'number'} style={column.width ? { width: column.width } : undefined}
                  aria-sort={now ? (sorting.down ? 'descending' : 'ascending') : undefined}>
                  {column.value ? (
                    <button type="button" className={now ? 'sort now' : 'sort'} title={messages.table.sortBy(column.label)}
                      onClick={() => onSort({ key: column.key, down: now ? !sorting.down : !column.text })}>
                      <HeadText column={column} />
                      <span className="sort-mark" aria-hidden="true">{now ? (sorting.down ? '↓' : '↑') : ''}</span>
                    </button>
                  ) : (
                    <HeadText column={column} />
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {there.length < sorted.length && <Sizer columns={columns} rows={sorted} />}
          {there.map(({ index, missing }) => {
            const row = sorted[index]!
            const key = rowKey(row)
            return (
              <Fragment key={key}>
                {missing > 0 && <Gap rows={missing} columns={columns.length} />}
                <BodyRow row={row} columns={columns as readonly Column<unknown>[]} id={key} className={props.rowClass?.(row) ?? ''}
                  open={opened === key} onOpen={props.detail ? open : null} shape={shape} index={index + 2} />
                {opened === key && props.detail && (
                  <tr className="detail">
                    <td colSpan={columns.length}><div className="detail-box">{props.detail(row)}</div></td>
                  </tr>
                )}
              </Fragment>
            )
          })}
          {after > 0 && <Gap rows={after} columns={columns.length} />}
        </tbody>
        {props.foot && (
          <tfoot>
            <BodyRow row={props.foot} columns={columns as readonly Column<unknown>[]} id="foot" className={props.rowClass?.(props.foot) ?? ''} open={false} onOpen={null} shape={shape} index={sorted.length + 2} />
          </tfoot>
        )}
      </table>
    </div>
  )
}

/** The room of rows that are not there. */
function Gap({ rows, columns }: { rows: number; columns: number }) {
  return <tr className="gap" aria-hidden="true"><td colSpan={columns} style={{ height: rows * rowHeight }} /></tr>
}

/** Takes no height, but is as wide as the widest texts of all rows, so that no column moves when other rows come into sight. */
function Sizer<Row>({ columns, rows }: { columns: readonly Column<Row>[]; rows: readonly Row[] }) {
  const widest = useMemo(() => columns.map(column => {
    let longest = ''
    if (column.text) for (const row of rows) if (String(column.value?.(row) ?? '').length > longest.length) longest = String(column.value!(row))
    return longest
  }), [columns, rows])
  return <tr className="sizer" aria-hidden="true">{columns.map((column, i) => <td key={column.key} className={`${column.text ? 'text' : 'number'} ${column.className ?? ''}`}>{widest[i]}</td>)}</tr>
}

function HeadText<Row>({ column }: { column: Column<Row> }) {
  return (
    <span className={column.label.startsWith('#') ? 'nowrap' : undefined}>
      {column.label}
      {column.unit && <span className="unit"> {column.unit}</span>}
    </span>
  )
}

const BodyRow = memo(function BodyRow({ row, columns, id, className, open, onOpen, index }: {
  row: unknown
  columns: readonly Column<unknown>[]
  id: string
  className: string
  open: boolean
  onOpen: ((key: string) => void) | null
  /** Which columns there are. */
  shape: string
  /** Which row of the table it is, counted from 1. */
  index: number
}) {
  const toggle = onOpen ? () => { if (!getSelection()?.toString()) onOpen(id) } : undefined
  const press = onOpen
    ? (event: KeyboardEvent) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); onOpen(id) } }
    : undefined
  return (
    <tr className={`${className}${onOpen ? ' opens' : ''}${open ? ' open' : ''}`} onClick={toggle} aria-rowindex={index}>
      {columns.map((column, i) => (
        <td key={column.key} className={`${column.text ? 'text' : 'number'} ${column.className ?? ''}`}>
          {i === 0 && onOpen ? (
            <span className="opener" role="button" tabIndex={0} aria-expanded={open} onKeyDown={press}>
              <Icon name="right" size={12} />
              {column.cell(row)}
            </span>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}, (before, now) => before.id === now.id && before.open === now.open && before.shape === now.shape && before.className === now.className
  && before.index === now.index && before.row === now.row && before.columns === now.columns)

/** Rows in the order of a column; equal ones stay as they were, what has no value comes last either way. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting): readonly Row[] {
  const value = columns.find(column => column.key === sorting.key)?.value
  if (!value) return rows
  const sign = sorting.down ? -1 : 1
  return rows
    .map((row, i) => ({ row, i, v: value(row) }))
    .sort((a, b) => {
      if (a.v === null || b.v === null) return a.v === b.v ? a.i - b.i : a.v === null ? 1 : -1
      const order = typeof a.v === 'string' || typeof b.v === 'string' ? String(a.v).localeCompare(String(b.v)) : a.v - b.v
      return order === 0 ? a.i - b.i : sign * order
    })
    .map(entry => entry.row)
}

export function readSorting(text: string, otherwise: Sorting): Sorting {
  const match = /^([\w.]+)-(up|down)$/.exec(text)
  return match ? { key: match[1]!, down: match[2] === 'down' } : otherwise
}

export const writeSorting = (sorting: Sorting) => `${sorting.key}-${sorting.down ? 'down' : 'up'}`
