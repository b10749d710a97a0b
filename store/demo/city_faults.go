package demo

// spoil puts the organisation's deliberate faults in.
func (b *cityBook) spoil() {}
