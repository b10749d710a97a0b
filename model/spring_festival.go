package model

// springFestivals are the first days of the lunar year, 春节, from firstSpring on: month
// and day in the Gregorian calendar by GB/T 33661-2017 《农历的编算和颁行》, as in the
// almanac of the Purple Mountain Observatory. A test holds them to the new moons and to
// the winter solstices by which that standard counts the months.
var springFestivals = []string{
	"02-10", "01-29", "02-17", "02-06", "01-26", "02-13", // 2024 to 2029
	"02-03", "01-23", "02-11", "01-31", "02-19", "02-08", "01-28", "02-15", "02-04", "01-24", // to 2039
	"02-12", "02-01", "01-22", "02-10", "01-30", "02-17", // to 2045
}

const firstSpring = 2024

// SpringFestival gives 春节 of a calendar year; ok is false outside 2024 to 2045.
func SpringFestival(year int) (day Date, ok bool) {
	n := year - firstSpring
	if n < 0 || n >= len(springFestivals) {
		return "", false
	}
	month := int(springFestivals[n][1] - '0')
	return NewDate(year, month, int(springFestivals[n][3]-'0')*10+int(springFestivals[n][4]-'0'))
}
