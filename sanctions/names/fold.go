package names

// appendKey appends the comparison key of a Latin word to dst. The word is in
// lower case, without marks or apostrophes. Each rule makes romanisations of one
// spelling meet; all of them are applied to every word, from left to right. A
// short word, of three letters or fewer before it was romanised, is likely an
// abbreviation in which every letter tells: nothing is dropped from it.
func appendKey(dst, s []byte, short bool) []byte {
	start := len(dst)
	put := func(c byte) {
		if n := len(dst); n == start || dst[n-1] != c || short { // doubled letters count once
			dst = append(dst, c)
		}
	}
	at := func(i int) byte {
		if i < len(s) {
			return s[i]
		}
		return 0
	}
	for i := 0; i < len(s); {
		c := s[i]
		n := at(i + 1)
		i++
		switch c {
		case 's': // shch, sch, sh: щ and ш
			switch {
			case n == 'h' && at(i+1) == 'c' && at(i+2) == 'h':
				put('s')
				put('h')
				i += 3
			case n == 'c' && at(i+1) == 'h':
				put('s')
				put('h')
				i += 2
			default:
				put('s')
			}
		case 'c':
			switch {
			case n == 'h' && (isLiquid(at(i+1)) || at(i+1) == 0 && i >= 3 && s[i-2] == 'e' && s[i-3] == 't'): // techno, chrome, tech
				put('h')
				i++
			case n == 'h':
				dst = append(dst, 'c', 'h')
				i++
			case n == 'e' || n == 'i' || n == 'y': // cement meets tsement
				put('c')
			case len(s) <= 4: // Kone is not Cone
				put('c')
			default: // victor meets viktor
				put('k')
			}
		case 't':
			switch {
			case n == 'c' && at(i+1) == 'h': // tch
			case (n == 's' || n == 'z') && at(i+1) != 'h' && at(i+1) != 'c':
				put('c')
				i++
			case n == 'c' && (len(s) >= 7 || i == 1): // the passport spelling of ц; Nitco is not Nico
				put('c')
				i++
			default:
				put('t')
			}
		case 'k':
			if n == 'h' {
				put('h')
				i++
			} else {
				put('k')
			}
		case 'g':
			put('g')
			if n == 'h' {
				i++
			}
		case 'p':
			if n == 'h' {
				put('f')
				i++
			} else {
				put('p')
			}
		case 'd': // dzh, dj: дж
			switch {
			case n == 'z' && at(i+1) == 'h':
				put('j')
				i += 2
			case n == 'j':
				put('j')
				i++
			default:
				put('d')
			}
		case 'x':
			put('k')
			put('s')
		case 'q':
			if len(s) <= 3 {
				put('q')
			} else {
				put('k')
			}
		case 'w':
			if len(s) <= 3 {
				put('w')
			} else {
				put('v')
			}
		case 'i', 'y':
			if len(s) <= 3 { // BYD is not BID
				put(c)
				continue
			}
			afterConsonant := i == 1 || !isVowel(s[i-2])
			single := true
			for !short && (n == 'i' || n == 'y' || n == 'j' && at(i+1) != 'o') { // iy, yy, ij: one glide
				i++
				n = at(i)
				single = false
			}
			switch {
			case n == 'e': // ye, ie: е
			case n == 'o' && c == 'y' && single && afterConsonant: // yo: ё, which is written е
				put('e')
				i++
			default:
				put('i')
			}
		case 'j':
			if n == 0 && i > 1 && (isVowel(s[i-2]) && s[i-2] != 'a' || s[i-2] == 'a' && len(s) >= 5) { // sergej, nikolaj
				put('i')
			} else {
				put('j')
			}
		case 'o':
			if (n == 'o' || n == 'u') && !short { // noor meets nur, yousef yusuf
				put('u')
				i++
			} else {
				put('o')
			}
		case 'e':
			if k := len(dst); k > start && len(s) >= 5 && (dst[k-1] == 'a' || dst[k-1] == 'o' || dst[k-1] == 'u') {
				continue // mueller meets muller, nauchnoye nauchno
			}
			put('e')
		default:
			put(c)
		}
	}
	return dst
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

func isLiquid(c byte) bool { return c == 'l' || c == 'm' || c == 'n' || c == 'r' }
