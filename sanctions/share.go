package sanctions

import (
	"fmt"
	"strconv"
	"strings"
)

// Share is an exact fraction of a whole in units of a ten-millionth of a
// percent: Whole is 100 %. It is an integer because exactly 50 % is a live
// boundary in law, which floating point cannot hold. Sums fit: 9 billion wholes.
type Share int64

// Whole is 100 %, and Percent 1 %.
const (
	Whole   Share = 1_000_000_000
	Percent Share = Whole / 100
)

const shareDecimals = 7 // digits after the point of a percentage

// String is the percentage without trailing zeros: "50", "49.99".
func (s Share) String() string {
	sign := ""
	if s < 0 {
		sign, s = "-", -s
	}
	out := fmt.Sprintf("%s%d", sign, int64(s/Percent))
	if rest := s % Percent; rest != 0 {
		out += "." + strings.TrimRight(fmt.Sprintf("%0*d", shareDecimals, int64(rest)), "0")
	}
	return out
}

// ShareRange is a share known to lie between two ends, each open or closed, so
// that a register's band "more than 25 % but not more than 50 %" is (25,50]. An
// exact share has equal closed ends. The zero ShareRange is exactly 0 %;
// [UnknownShare] is the one for "not stated".
type ShareRange struct {
	Low, High         Share
	LowOpen, HighOpen bool
}

// UnknownShare is [0,100]: a missing percentage is never zero.
var UnknownShare = ShareRange{High: Whole}

// ExactShare is the range that holds one share.
func ExactShare(s Share) ShareRange { return ShareRange{Low: s, High: s} }

// IsExact reports whether the range holds one share only.
func (r ShareRange) IsExact() bool { return r.Low == r.High && !r.LowOpen && !r.HighOpen }

// Valid reports whether the range holds any share at all.
func (r ShareRange) Valid() bool {
	return r.Low >= 0 && (r.Low < r.High || r.IsExact())
}

// Add is the range of sums of a share from each. It is not capped at 100 %: a
// sum above it is a conflict between sources, which the caller must see.
func (r ShareRange) Add(o ShareRange) ShareRange {
	return ShareRange{r.Low + o.Low, r.High + o.High, r.LowOpen || o.LowOpen, r.HighOpen || o.HighOpen}
}

// Reaches tells whether the share is at or above the threshold (inclusive) or
// strictly above it: Yes when every share in the range is, No when none is,
// Possible otherwise.
func (r ShareRange) Reaches(threshold Share, inclusive bool) Answer {
	if r.Low > threshold || r.Low == threshold && (inclusive || r.LowOpen) {
		return Yes
	}
	if r.High > threshold || r.High == threshold && inclusive && !r.HighOpen {
		return Possible
	}
	return No
}

// String is "50" for an exact share, else an interval such as "(25,50]".
func (r ShareRange) String() string {
	if r.IsExact() {
		return r.Low.String()
	}
	open, closing := "[", "]"
	if r.LowOpen {
		open = "("
	}
	if r.HighOpen {
		closing = ")"
	}
	return open + r.Low.String() + "," + r.High.String() + closing
}

// MarshalText writes String.
func (r ShareRange) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what String writes of a range that is [ShareRange.Valid].
func (r *ShareRange) UnmarshalText(b []byte) error {
	text := string(b)
	low, high, isRange := strings.Cut(text, ",")
	if !isRange {
		share, err := parseShare(text)
		if err == nil {
			*r = ExactShare(share)
		}
		return err
	}
	if len(low) < 2 || len(high) < 2 || !strings.ContainsAny(low[:1], "[(") || !strings.ContainsAny(high[len(high)-1:], "])") {
		return fmt.Errorf("%q is no range of shares; write one such as (25,50]", text)
	}
	from, err := parseShare(low[1:])
	if err != nil {
		return err
	}
	to, err := parseShare(high[:len(high)-1])
	if err != nil {
		return err
	}
	read := ShareRange{Low: from, High: to, LowOpen: low[0] == '(', HighOpen: high[len(high)-1] == ')'}
	if !read.Valid() {
		return fmt.Errorf("%q holds no share at all; write the lower end first", text)
	}
	*r = read
	return nil
}

// parseShare reads a sum of percentages, which unlike one of them may exceed 100.
func parseShare(s string) (Share, error) {
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseUint(whole+frac+strings.Repeat("0", max(0, shareDecimals-len(frac))), 10, 63)
	if err != nil || whole == "" || len(frac) > shareDecimals {
		return 0, fmt.Errorf("%q is no share", s)
	}
	return Share(n), nil
}

// ParsePercent reads a percentage from 0 to 100 in plain decimal notation,
// "49.99" or "49.99 %". More than seven decimals do not fit a Share and give the
// open range between its two neighbours, so that 49.99999999 stays below 50.
// Thousands separators, exponents, signs and NaN are errors.
func ParsePercent(s string) (ShareRange, error) {
	text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	whole, frac, dot := strings.Cut(text, ".")
	bad := func() (ShareRange, error) {
		return ShareRange{}, fmt.Errorf("%q is not a percentage; write a number from 0 to 100 such as 49.99", s)
	}
	if whole == "" || dot && frac == "" || len(whole) > 4 {
		return bad()
	}
	var v Share
	for _, c := range []byte(whole) {
		if c < '0' || c > '9' {
			return bad()
		}
		v = v*10 + Share(c-'0')
	}
	unit := Percent
	v *= unit
	inexact := false
	for _, c := range []byte(frac) {
		if c < '0' || c > '9' {
			return bad()
		}
		if unit /= 10; unit > 0 {
			v += Share(c-'0') * unit
		} else if c != '0' {
			inexact = true
		}
	}
	if v > Whole || v == Whole && inexact {
		return ShareRange{}, fmt.Errorf("%q is more than 100 %%", s)
	}
	if inexact {
		return ShareRange{v, v + 1, true, true}, nil
	}
	return ExactShare(v), nil
}

// Intersect is what two ranges have in common; it is not Valid when they have
// nothing in common.
func (r ShareRange) Intersect(o ShareRange) ShareRange {
	if o.Low > r.Low || o.Low == r.Low && o.LowOpen {
		r.Low, r.LowOpen = o.Low, o.LowOpen
	}
	if o.High < r.High || o.High == r.High && o.HighOpen {
		r.High, r.HighOpen = o.High, o.HighOpen
	}
	return r
}

// Hull is the smallest range that holds both.
func (r ShareRange) Hull(o ShareRange) ShareRange {
	if o.Low < r.Low || o.Low == r.Low && !o.LowOpen {
		r.Low, r.LowOpen = o.Low, o.LowOpen
	}
	if o.High > r.High || o.High == r.High && !o.HighOpen {
		r.High, r.HighOpen = o.High, o.HighOpen
	}
	return r
}
