package demo

// rest writes the records of all other kinds.
func (b *cityBook) rest() {}

// ownRecords are the county's own.
func (b *cityBook) ownRecords() {}

func (b *cityBook) spoil() {}
