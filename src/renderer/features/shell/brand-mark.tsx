/** The product's mark: a standard photo with its guide line, in the colour of its background. */
export function BrandMark({ className }: { className?: string | undefined }) {
  return (
    <svg aria-hidden="true" className={className} viewBox="0 0 48 48">
      <rect fill="#1457c8" height="48" rx="12" width="48" />
      <rect fill="#64c5ff" height="32" rx="4" width="24" x="12" y="8" />
      <path d="M14 40c1-8 5-11 10-11s9 3 10 11z" fill="#0f1e33" />
      <path d="M21 27h6v4l-3 3-3-3z" fill="#ffe3cf" />
      <ellipse cx="24" cy="21" fill="#ffe3cf" rx="6" ry="7.4" />
      <path
        d="M17.6 20.4c-.8-7 2.4-9.6 6.400-9.600s7.200 2.600 6.400 9.600c-.8-3.600-2.600-4.900-6.400-4.900s-5.600 1.300-6.400 4.900z"
        fill="#0f1e33"
      />
    </svg>
  );
}
