package office

// SetMostUnits lets a test fill a table with few units; back puts it as it was. Tests that
// run at once must not call it.
func SetMostUnits(n int64) (back func()) {
	was := mostUnits
	mostUnits = n
	return func() { mostUnits = was }
}
