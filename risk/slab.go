package risk

// slab hands out slices of one stretch of memory, which is clear where it has not
// been handed out. When it is used up another takes its place; slices handed out
// before stay as they are.
type slab[T any] struct{ buf []T }

func (s *slab[T]) take(n int) []T {
	if cap(s.buf)-len(s.buf) < n {
		s.buf = make([]T, 0, max(2*cap(s.buf), n, 8))
	}
	from := len(s.buf)
	s.buf = s.buf[:from+n]
	return s.buf[from : from+n : from+n]
}

// grow makes room for n more, so that they come in one piece.
func (s *slab[T]) grow(n int) {
	if cap(s.buf)-len(s.buf) < n {
		s.buf = make([]T, 0, n)
	}
}

func (s *slab[T]) reset() {
	clear(s.buf)
	s.buf = s.buf[:0]
}
