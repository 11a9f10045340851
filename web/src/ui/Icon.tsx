// The few signs of the page, drawn with one stroke width. Decoration: the word stands beside them or in a label.

const paths = {
  image: 'M2.5 3.5h11v9h-11zM5 6.2h.01M3 11.500l3.200-3.200 2.300 2.200 2-1.900 2.500 2.600',
  sun: 'M8 5.200a2.800 2.800 0 1 1 0 5.600a2.800 2.800 0 0 1 0-5.600M8 1.500v1.300M8 13.200v1.300M1.500 8h1.300M13.200 8h1.300M3.400 3.400l.9.9M11.700 11.700l.9.9M3.400 12.600l.9-.9M11.700 4.300l.9-.9',
  moon: 'M13.300 9.700A5.700 5.700 0 0 1 6.300 2.700a5.700 5.700 0 1 0 7 7z',
  system: 'M2.500 3h11v7.500h-11zM6 13.500h4M8 10.500v3',
  close: 'M4 4l8 8M12 4l-8 8',
  down: 'M4 6.200l4 4 4-4',
  right: 'M6.200 4l4 4-4 4',
  check: 'M3.200 8.500l3.200 3.200 6.400-7',
  cross: 'M4.200 4.200l7.600 7.600M11.800 4.200l-7.600 7.600',
  warn: 'M8 2.400l6.200 11H1.800zM8 6.600v3.200M8 11.600v.01',
  info: 'M8 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800M8 7.300v3.700M8 5v.01',
  download: 'M8 2.500v7.500M4.800 7l3.200 3.200L11.200 7M2.800 13.200h10.400',
  copy: 'M5.500 5.500h7.500v7.500H5.500zM3 10.500V3h7.500',
  filter: 'M7 2.600a4.400 4.400 0 1 1 0 8.800a4.400 4.400 0 0 1 0-8.800M10.300 10.300l3.200 3.200',
  columns: 'M2.500 3h11v10h-11zM6.200 3v10M9.800 3v10',
  globe: 'M8 1.800a6.200 6.200 0 1 1 0 12.400A6.200 6.200 0 0 1 8 1.800M1.800 8h12.400M8 1.800c2.200 2 2.600 4.200 2.600 6.200S10.200 12.200 8 14.200C5.800 12.200 5.400 10 5.400 8S5.800 3.800 8 1.800',
  back: 'M13 8H3.200M7 4L3 8l4 4',
  play: 'M5 3.200v9.600l7.500-4.800z',
  square: 'M4 4h8v8H4z',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}

/** The mark: a wave that rushes on. */
export function Mark() {
  return (
    <svg className="mark" width="24" height="24" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--mark)" />
      <path d="M5 23.500c5.500 0 6.600-13.500 12.200-13.500 3.600 0 4.900 3.100 4.900 5.400 0 2-1.300 3.400-3 3.400-1.400 0-2.400-1-2.400-2.300" fill="none"
        stroke="#fff" strokeWidth="2.600" strokeLinecap="round" />
      <path d="M15 23.500h12" stroke="#fff" strokeWidth="2.600" strokeLinecap="round" opacity=".6" />
    </svg>
  )
}
