package ownership

// Touched counts the parties and interests that solving has looked at.
func (a *Analysis) Touched() (parties, interests int) {
	for i := range a.regimes {
		if c := a.regimes[i].together; c != nil {
			parties += len(c.nodes)
			for k, n := range c.nodes {
				if c.shares.val(k).have != 0 {
					for l := range a.g.layers {
						interests += int(a.g.layers[l].out[n+1] - a.g.layers[l].out[n])
					}
				}
			}
		}
	}
	return parties, interests
}

// CoreBytes is the memory that solving reads for the interests of the graph,
// forwards and backwards, without ids, names and provenance.
func (g *Graph) CoreBytes() (n int) {
	for i := range g.layers {
		l := &g.layers[i]
		n += 4 * (len(l.to) + len(l.share) + len(l.when) + len(l.back))
	}
	return n
}

// Hurry has the analysis give up solving anew above so many parties.
func (a *Analysis) Hurry(parties int) {
	a.mostSolved = parties
	for _, in := range a.readings {
		in.Hurry(parties)
	}
}
