package match

// mark says which words of the query an entry of the vocabulary may stand for.
type mark struct {
	words  uint64 // a bit a word
	halves uint64 // words that it may stand for together with a neighbour
	spells uint64 // words that may be misspellings of it, a legal form
	own    int32  // the most that it brings to a name which holds it
	asked  int32  // the most that it brings to the word it may stand for, if that is one word only
	weight uint16 // 0 if the weight of a name is without it
	flags  uint8
}

const (
	// absorbed entries may be a misspelling of the query's legal form and so may
	// cost a name nothing.
	absorbed = 1 << iota
	// translated entries begin a phrase that as a whole means what words of the
	// query mean.
	translated
)

// marks is a set of marked entries. Nearly all entries have no mark, and to find that
// out is all there is to most words of most names; so it is a small table that stays
// in the processor's nearest memory, not an array over the vocabulary.
type marks struct {
	keys  []uint32 // entries plus one, each at its hash or soon after
	marks []mark
	used  []uint32 // places that are taken
	shift uint8
}

const fewestMarks = 10 // bits

func (m *marks) clear() {
	for _, at := range m.used {
		m.keys[at] = 0
	}
	m.used = m.used[:0]
}

// find gives the mark of an entry, or nil.
func (m *marks) find(id uint32) *mark {
	for at := (id * 0x9e3779b1) >> m.shift; ; at = (at + 1) & uint32(len(m.keys)-1) {
		switch m.keys[at] {
		case id + 1:
			return &m.marks[at]
		case 0:
			return nil
		}
	}
}

// at gives the mark of an entry to be set.
func (m *marks) at(id uint32) *mark {
	if 4*(len(m.used)+1) > len(m.keys) {
		m.grow()
	}
	at := (id * 0x9e3779b1) >> m.shift
	for m.keys[at] != 0 {
		if m.keys[at] == id+1 {
			return &m.marks[at]
		}
		at = (at + 1) & uint32(len(m.keys)-1)
	}
	m.keys[at], m.marks[at] = id+1, mark{}
	m.used = append(m.used, at)
	return &m.marks[at]
}

func (m *marks) grow() {
	old := *m
	bits := uint8(fewestMarks)
	if len(old.keys) > 0 {
		bits = 32 - old.shift + 1
	}
	*m = marks{keys: make([]uint32, 1<<bits), marks: make([]mark, 1<<bits), shift: 32 - bits}
	for _, at := range old.used {
		*m.at(old.keys[at] - 1) = old.marks[at]
	}
}
