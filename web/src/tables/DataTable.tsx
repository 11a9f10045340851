import { Fragment, type KeyboardEvent, memo, type ReactNode, useMemo, useRef, useState } from 'react'
import { useMessages } from '../i18n'
import { Icon } from '../ui/Icon'
import { useRowsInSight } from './useRowsInSight'

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
  const inSight = useRowsInSight(box, sorted.length)
  const shape = columns.map(column => column.key + column.label).join()

  return (
    <div className="table-box" ref={box}>
      <table className="data" aria-label={props.label}>
        <thead>
          <tr>
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
          {sorted.map((row, i) => {
            const key = rowKey(row)
            return (
              <Fragment key={key}>
                <BodyRow row={row} columns={columns as readonly Column<unknown>[]} id={key} className={props.rowClass?.(row) ?? ''}
                  open={opened === key} onOpen={props.detail ? open : null} shape={shape} asleep={!inSight(i) && opened === null} />
                {opened === key && props.detail && (
                  <tr className="detail">
                    <td colSpan={columns.length}><div className="detail-box">{props.detail(row)}</div></td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
        {props.foot && (
          <tfoot>
            <BodyRow row={props.foot} columns={columns as readonly Column<unknown>[]} id="foot" className={props.rowClass?.(props.foot) ?? ''} open={false} onOpen={null} shape={shape} asleep={false} />
          </tfoot>
        )}
      </table>
    </div>
  )
}

function HeadText<Row>({ column }: { column: Column<Row> }) {
  return (
    <span className={column.label.startsWith('#') ? 'nowrap' : undefined}>
      {column.label}
      {column.unit && <span className="unit"> {column.unit}</span>}
    </span>
  )
}

const BodyRow = memo(function BodyRow({ row, columns, id, className, open, onOpen }: {
  row: unknown
  columns: readonly Column<unknown>[]
  id: string
  className: string
  open: boolean
  onOpen: ((key: string) => void) | null
  /** Which columns there are. */
  shape: string
  /** Out of sight: what it shows may be a few seconds old until it is scrolled to. */
  asleep: boolean
}) {
  const toggle = onOpen ? () => { if (!getSelection()?.toString()) onOpen(id) } : undefined
  const press = onOpen
    ? (event: KeyboardEvent) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); onOpen(id) } }
    : undefined
  return (
    <tr className={`${className}${onOpen ? ' opens' : ''}${open ? ' open' : ''}`} onClick={toggle}>
      {columns.map((column, i) => (
        <td key={column.key} className={`${column.text ? 'text' : 'number'} ${column.className ?? ''}`} title={column.title?.(row)}>
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
  && (now.asleep || (before.row === now.row && before.columns === now.columns && before.asleep === now.asleep)))

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
