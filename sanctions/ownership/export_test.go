package ownership

// Touched counts the parties and interests that solving has looked at.
func (a *Analysis) Touched() (parties, interests int) {
	for i := range a.regimes {
		if c := a.regimes[i].together; c != nil {
			parties += len(c.shares.nodes)
			for k, n := range c.shares.nodes {
				if c.shares.vals[k].have != 0 {
					for l := range a.g.layers {
						interests += int(a.g.layers[l].out[n+1] - a.g.layers[l].out[n])
					}
				}
			}
		}
	}
	return parties, interests
}
