package widget

// newMoney gives the widget of an amount in yuan; 12.5 is shown as 12.50.
func newMoney(b basic) Widget { return newNumber(b, 16) }
