package sanctions

import "fmt"

// Answer is one of three answers, or none: nothing unknown is rendered as no.
type Answer uint8

// The answers, in order of growing certainty that it is so.
const (
	Unknown  Answer = iota // nobody looked, or nothing was there to look at
	No                     // looked, and it is not so
	Possible               // the facts allow it and do not show it
	Yes                    // the facts show it
)

var answers = [...]string{"unknown", "no", "possible", "yes"}

// String is unknown, no, possible or yes.
func (a Answer) String() string {
	if int(a) < len(answers) {
		return answers[a]
	}
	return fmt.Sprintf("Answer(%d)", a)
}

// MarshalText writes what [ParseAnswer] reads.
func (a Answer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what [ParseAnswer] reads.
func (a *Answer) UnmarshalText(b []byte) (err error) {
	*a, err = ParseAnswer(string(b))
	return err
}

// ParseAnswer reads yes, no, possible or unknown, with true, false, y, n, 1 and
// 0 as other spellings. The empty string is Unknown, never No.
func ParseAnswer(s string) (Answer, error) {
	switch termKey(s) {
	case "", "unknown":
		return Unknown, nil
	case "yes", "true", "y", "1":
		return Yes, nil
	case "no", "false", "n", "0":
		return No, nil
	case "possible":
		return Possible, nil
	}
	return Unknown, fmt.Errorf("%q is no answer; write yes, no, possible or nothing for unknown", s)
}
