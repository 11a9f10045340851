import type { RunView } from '../data/model'

export interface ViewProps {
  readonly view: RunView
  /** The run still goes on. */
  readonly live: boolean
  /** In a report everything is on one page: no controls that need the server. */
  readonly report?: boolean
}
