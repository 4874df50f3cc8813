package ownership

// flip names the smallest change that would turn a verdict.
func (a *Analysis) flip(r *regime, n uint32, f finding) string { return "" }
