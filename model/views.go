package model

import "strconv"

// where makes the conditions of a view that do not depend on the day.
func where(conds ...Cond) func(Date) []Cond {
	return func(Date) []Cond { return conds }
}

// viewAll shows every record.
var viewAll = View{Name: "全部"}

// viewThisYear shows the records whose date stands in the calendar year of today.
func viewThisYear(date string) View {
	return View{Name: "今年", Where: func(today Date) []Cond {
		y := strconv.Itoa(today.Year())
		return []Cond{Where(date, Ge, y+"-01-01"), Where(date, Le, y+"-12-31")}
	}}
}

// viewThisMonth shows the records whose date stands in the month of today.
func viewThisMonth(date string) View {
	return View{Name: "本月", Where: func(today Date) []Cond {
		m := today.Month()
		return []Cond{Where(date, Ge, string(m.First())), Where(date, Le, string(m.Last()))}
	}}
}

// viewYear shows the records of this year or, with back 1, of last year, by a
// field of type year.
func viewYear(name, field string, back int) View {
	return View{Name: name, Where: func(today Date) []Cond {
		return []Cond{Where(field, Eq, strconv.Itoa(today.Year()-back))}
	}}
}

// viewOpen shows what is begun and not ended.
func viewOpen(name, end string) View { return View{Name: name, Where: where(Where(end, Empty))} }

// viewEnded shows what is ended.
func viewEnded(name, end string) View { return View{Name: name, Where: where(Where(end, Filled))} }

// viewIs shows the records with one of the values in a field.
func viewIs(name, field string, values ...string) View {
	return View{Name: name, Where: where(Where(field, In, values...))}
}
