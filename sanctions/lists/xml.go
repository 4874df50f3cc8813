package lists

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sanctionrisk/exposure/sanctions"
)

// tokens gives the tokens of an XML file, none of which may be longer than a most: a
// text or an attribute without an end must not draw a whole file into memory.
type tokens struct {
	*xml.Decoder
	in *leash
}

func newTokens(in io.Reader, most int) *tokens {
	t := &tokens{in: &leash{r: in, most: most, left: most}}
	t.Decoder = xml.NewDecoder(t.in)
	t.Strict = true
	return t
}

func (t *tokens) next() (xml.Token, error) {
	t.in.left = t.in.most
	return t.RawToken()
}

// leash passes on so many bytes and then an error, until it is let out again. The
// decoder reads ahead by a few thousand bytes, which are not counted twice.
type leash struct {
	r          io.Reader
	most, left int
}

func (l *leash) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("a text or an attribute is longer than the limit of %d bytes", l.most)
	}
	n, err := l.r.Read(p)
	l.left -= n
	return n, err
}

// element is one element of an XML file with all that it holds. The lists are
// read one party at a time, so it stays small.
type element struct {
	name     string
	attrs    map[string]string
	text     string
	children []*element
	line     int
}

var errDoctype = errors.New("the file declares a document type; lists do not, and entities are not expanded")

// elements streams the elements of an XML file that have one of the given
// names, wherever they stand, and tells the attributes of the root. Document
// types and entities other than the five of XML itself are refused, nesting and
// size are bounded.
func (r *reading) elements(root func(*element), names ...string) func(func(*element) bool) {
	return func(yield func(*element) bool) {
		dec := newTokens(r.in, r.cfg.limits.Record)
		fail := func(err error) {
			line, _ := dec.InputPos()
			syntax, ok := errors.AsType[*xml.SyntaxError](err)
			if ok && syntax.Msg == "unexpected EOF" || errors.Is(err, io.ErrUnexpectedEOF) {
				r.note(Truncated, r.at(line), "", "the file ends inside an element; fetch it again")
				return
			}
			r.fault(r.at(line), "", "", err)
		}
		depth := 0
		for {
			token, err := dec.next()
			if errors.Is(err, io.EOF) {
				if depth > 0 {
					fail(io.ErrUnexpectedEOF)
				}
				return
			}
			if err != nil {
				fail(err)
				return
			}
			switch t := token.(type) {
			case xml.Directive:
				if strings.HasPrefix(strings.ToUpper(strings.TrimSpace(string(t))), "DOCTYPE") {
					fail(errDoctype)
					return
				}
			case xml.EndElement:
				depth--
			case xml.StartElement:
				e := r.newElement(dec, t)
				if depth == 0 && root != nil {
					root(e)
				}
				if depth++; depth > r.cfg.limits.Depth {
					fail(fmt.Errorf("elements are nested deeper than the limit of %d", r.cfg.limits.Depth))
					return
				}
				if !slices.Contains(names, e.name) {
					continue
				}
				budget := r.cfg.limits.Record
				if err := r.fill(dec, e, depth, &budget); err != nil {
					fail(err)
					return
				}
				depth--
				if !yield(e) {
					return
				}
			}
		}
	}
}

func (r *reading) newElement(dec *tokens, t xml.StartElement) *element {
	line, _ := dec.InputPos()
	e := &element{name: t.Name.Local, line: line}
	if len(t.Attr) > 0 {
		e.attrs = make(map[string]string, len(t.Attr))
		for _, a := range t.Attr {
			e.attrs[a.Name.Local] = a.Value
		}
	}
	return e
}

// fill reads an element to its end.
func (r *reading) fill(dec *tokens, e *element, depth int, budget *int) error {
	var text strings.Builder
	for {
		token, err := dec.next()
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			if *budget -= len(t); *budget < 0 {
				return fmt.Errorf("an element is longer than the limit of %d bytes", r.cfg.limits.Record)
			}
			text.Write(t)
		case xml.StartElement:
			if *budget -= 64; depth >= r.cfg.limits.Depth || *budget < 0 {
				return fmt.Errorf("an element is nested or filled beyond the limits of %d levels and %d bytes", r.cfg.limits.Depth, r.cfg.limits.Record)
			}
			child := r.newElement(dec, t)
			if err := r.fill(dec, child, depth+1, budget); err != nil {
				return err
			}
			e.children = append(e.children, child)
		case xml.EndElement:
			if t.Name.Local != e.name {
				return fmt.Errorf("the element %s is closed by %s", e.name, t.Name.Local)
			}
			e.text = tidy(text.String())
			return nil
		case xml.Directive:
			return errDoctype
		}
	}
}

// all lists the children of a name.
func (e *element) all(name string) []*element {
	var out []*element
	for _, c := range e.children {
		if c.name == name {
			out = append(out, c)
		}
	}
	return out
}

// value is the text of the first child of a name.
func (e *element) value(name string) string {
	for _, c := range e.children {
		if c.name == name {
			return c.text
		}
	}
	return ""
}

// values are the texts of VALUE children below a child of a name, as the UN
// writes lists, or the child's own text.
func (e *element) values(name string) []string {
	var out []string
	for _, c := range e.all(name) {
		if c.text != "" {
			out = append(out, c.text)
		}
		for _, v := range c.all("VALUE") {
			if v.text != "" {
				out = append(out, v.text)
			}
		}
	}
	return out
}

func (e *element) at(r *reading) sanctions.Source { return r.at(e.line) }
