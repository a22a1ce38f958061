/** The mark: two strands that meet in one point. */
export function Mark({ size }: { size: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-petrol-7)" />
      <path
        d="M8.5 10.5 14.2 22a2 2 0 0 0 3.6 0l5.7-11.5"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="9.5" r="2.1" fill="#8fd3dc" />
    </svg>
  );
}
