package model

import "strconv"

// Fixed makes the conditions of a view that do not depend on the day.
func Fixed(conds ...Cond) func(Date) []Cond {
	return func(Date) []Cond { return conds }
}

// ViewAll shows every record.
var ViewAll = View{Name: "全部"}

// ViewThisYear shows the records whose date stands in the calendar year of today.
func ViewThisYear(date string) View {
	return View{Name: "今年", Where: func(today Date) []Cond {
		y := strconv.Itoa(today.Year())
		return []Cond{Where(date, Ge, y+"-01-01"), Where(date, Le, y+"-12-31")}
	}}
}

// ViewThisMonth shows the records whose date stands in the month of today.
func ViewThisMonth(date string) View {
	return View{Name: "本月", Where: func(today Date) []Cond {
		m := today.Month()
		return []Cond{Where(date, Ge, string(m.First())), Where(date, Le, string(m.Last()))}
	}}
}

// ViewYear shows the records of this year or, with back 1, of last year, by a
// field of type year.
func ViewYear(name, field string, back int) View {
	return View{Name: name, Where: func(today Date) []Cond {
		return []Cond{Where(field, Eq, strconv.Itoa(today.Year()-back))}
	}}
}

// ViewOpen shows what is begun and not ended.
func ViewOpen(name, end string) View { return View{Name: name, Where: Fixed(Where(end, Empty))} }

// ViewEnded shows what is ended.
func ViewEnded(name, end string) View { return View{Name: name, Where: Fixed(Where(end, Filled))} }

// ViewIs shows the records with one of the values in a field.
func ViewIs(name, field string, values ...string) View {
	return View{Name: name, Where: Fixed(Where(field, In, values...))}
}
