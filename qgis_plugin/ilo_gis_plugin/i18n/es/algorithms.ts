<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>{} (separated by commas)</source>
        <translation>{} (separados por comas)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>No findings.</source>
        <translation>No hay hallazgos.</translation>
    </message>
    <message>
        <source>{} errors</source>
        <translation>{} errores</translation>
    </message>
    <message>
        <source>{} warnings</source>
        <translation>{} advertencias</translation>
    </message>
    <message>
        <source>{} notes</source>
        <translation>{} avisos</translation>
    </message>
    <message>
        <source>Findings: {}.</source>
        <translation>Hallazgos: {}.</translation>
    </message>
    <message>
        <source>Land subdivision</source>
        <translation>Habilitación urbana</translation>
    </message>
    <message>
        <source>Zoning</source>
        <translation>Zonificación</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Terreno</translation>
    </message>
    <message>
        <source>The site</source>
        <translation>Sitio</translation>
    </message>
    <message>
        <source>Taps and latrines</source>
        <translation>Piletas y letrinas</translation>
    </message>
    <message>
        <source>Seafront and relocation</source>
        <translation>Frente marítimo y reubicación</translation>
    </message>
    <message>
        <source>PROMUVI: serviced plots</source>
        <translation>PROMUVI: lotes con servicios</translation>
    </message>
    <message>
        <source>Networks and paving</source>
        <translation>Redes y pavimentación</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parámetros</translation>
    </message>
    <message>
        <source>Once it reckons, this algorithm cannot be cancelled; it takes seconds.</source>
        <translation>Una vez que calcula, este algoritmo no se puede cancelar; tarda segundos.</translation>
    </message>
    <message>
        <source>A Python package is missing: {}. Ask who looks after your QGIS to add it.</source>
        <translation>Falta un paquete de Python: {}. Pida a quien administra su QGIS que lo instale.</translation>
    </message>
    <message>
        <source>The layer of «{}» cannot be read.</source>
        <translation>No se puede leer la capa de «{}».</translation>
    </message>
    <message>
        <source>«{}» is in {} and «{}» in {}. Reproject one, so that both are in the same CRS.</source>
        <translation>«{}» está en {} y «{}» en {}. Reproyecte una de ellas para que ambas estén en el mismo SRC.</translation>
    </message>
    <message>
        <source>A value is no number: {}.</source>
        <translation>Un valor no es un número: {}.</translation>
    </message>
    <message>
        <source>The coordinate reference system does not serve.</source>
        <translation>El sistema de referencia de coordenadas no sirve.</translation>
    </message>
    <message>
        <source>Columns or values of a layer do not serve.</source>
        <translation>Las columnas o los valores de una capa no sirven.</translation>
    </message>
    <message>
        <source>Geometries of a layer do not serve.</source>
        <translation>Las geometrías de una capa no sirven.</translation>
    </message>
    <message>
        <source>A parameter is missing or makes no sense.</source>
        <translation>Falta un parámetro o no tiene sentido.</translation>
    </message>
    <message>
        <source>A norm is missing or broken.</source>
        <translation>Falta una norma o está dañada.</translation>
    </message>
    <message>
        <source>A file cannot be read.</source>
        <translation>No se puede leer un archivo.</translation>
    </message>
    <message>
        <source>The result is not exact: please report it.</source>
        <translation>El resultado no es exacto: por favor, infórmelo.</translation>
    </message>
    <message>
        <source>«{}» has no features.</source>
        <translation>«{}» no tiene objetos.</translation>
    </message>
    <message>
        <source>«{}» has the wrong type of geometry: {} are needed.</source>
        <translation>«{}» no tiene el tipo de geometría debido: se necesitan {}.</translation>
    </message>
    <message>
        <source>«{}» has no CRS. Set it in the properties of the layer, such as EPSG:32719.</source>
        <translation>«{}» no tiene SRC. Defínalo en las propiedades de la capa, por ejemplo EPSG:32719.</translation>
    </message>
    <message>
        <source>«{}» is in {}, not in metres. Reproject it, in Ilo to EPSG:32719.</source>
        <translation>«{}» está en {}, no en metros. Reproyéctela; en Ilo, a EPSG:32719.</translation>
    </message>
    <message>
        <source>«{}» lacks the columns {} of the table «{}».</source>
        <translation>En «{}» faltan las columnas {} de la tabla «{}».</translation>
    </message>
    <message>
        <source>polygons</source>
        <translation>polígonos</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>líneas</translation>
    </message>
    <message>
        <source>points</source>
        <translation>puntos</translation>
    </message>
    <message>
        <source>geometries</source>
        <translation>geometrías</translation>
    </message>
    <message>
        <source>handing over lots</source>
        <translation>entregando lotes</translation>
    </message>
    <message>
        <source>handing over the plan</source>
        <translation>entregando el plan</translation>
    </message>
    <message>
        <source>laying out lots</source>
        <translation>trazando lotes</translation>
    </message>
    <message>
        <source>laying out streets and blocks</source>
        <translation>trazando vías y manzanas</translation>
    </message>
    <message>
        <source>laying out streets</source>
        <translation>trazando vías</translation>
    </message>
    <message>
        <source>numbering lots</source>
        <translation>numerando lotes</translation>
    </message>
    <message>
        <source>placing reserves</source>
        <translation>ubicando aportes</translation>
    </message>
    <message>
        <source>reading blocks</source>
        <translation>leyendo manzanas</translation>
    </message>
    <message>
        <source>reading the site</source>
        <translation>leyendo el terreno</translation>
    </message>
    <message>
        <source>cleaning streets</source>
        <translation>limpiando vías</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>revisando</translation>
    </message>
    <message>
        <source>finishing</source>
        <translation>terminando</translation>
    </message>
    <message>
        <source>Plan site</source>
        <translation>Planificar un terreno</translation>
    </message>
    <message>
        <source>Lot type</source>
        <translation>Tipo de lote (TH.010)</translation>
    </message>
    <message>
        <source>Min area</source>
        <translation>Área mínima (m²)</translation>
    </message>
    <message>
        <source>Min frontage</source>
        <translation>Frente mínimo (m)</translation>
    </message>
    <message>
        <source>Max ratio</source>
        <translation>Relación máxima fondo/ancho</translation>
    </message>
    <message>
        <source>Max depth</source>
        <translation>Fondo máximo (m)</translation>
    </message>
    <message>
        <source>Max area</source>
        <translation>Área máxima (m²)</translation>
    </message>
    <message>
        <source>Min width</source>
        <translation>Ancho medio mínimo (m)</translation>
    </message>
    <message>
        <source>Target area</source>
        <translation>Área deseada (m²)</translation>
    </message>
    <message>
        <source>Target frontage</source>
        <translation>Frente deseado (m)</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Tolerancia</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Áreas</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Remainder</source>
        <translation>Terreno sobrante</translation>
    </message>
    <message>
        <source>Corner extra</source>
        <translation>Frente adicional en esquina (m)</translation>
    </message>
    <message>
        <source>Ochavo</source>
        <translation>Ochavo (m)</translation>
    </message>
    <message>
        <source>Axis</source>
        <translation>Azimut de las filas (grados)</translation>
    </message>
    <message>
        <source>Side lines</source>
        <translation>Linderos laterales</translation>
    </message>
    <message>
        <source>Reserves</source>
        <translation>Aportes reglamentarios</translation>
    </message>
    <message>
        <source>Street width</source>
        <translation>Ancho de vías (m)</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Secciones de vía (m)</translation>
    </message>
    <message>
        <source>Min block length</source>
        <translation>Longitud mínima de manzana (m)</translation>
    </message>
    <message>
        <source>Max block length</source>
        <translation>Longitud máxima de manzana (m)</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>Orientación</translation>
    </message>
    <message>
        <source>Dead ends</source>
        <translation>Vías sin salida</translation>
    </message>
    <message>
        <source>Max dead end</source>
        <translation>Longitud máxima de vía sin salida (m)</translation>
    </message>
    <message>
        <source>Turning circle</source>
        <translation>Plazoleta de volteo (m)</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Pasajes peatonales</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modo de lotizar</translation>
    </message>
    <message>
        <source>Favour</source>
        <translation>Preferir</translation>
    </message>
    <message>
        <source>Persons</source>
        <translation>Personas por lote</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>Alternativas</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>Streets</source>
        <translation>Vías</translation>
    </message>
    <message>
        <source>Constraints</source>
        <translation>Restricciones</translation>
    </message>
    <message>
        <source>Slope</source>
        <translation>Altitudes</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Lotes o manzanas fijos</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>País de las normas</translation>
    </message>
    <message>
        <source>Norms on</source>
        <translation>Normas vigentes al</translation>
    </message>
    <message>
        <source>Street lines</source>
        <translation>Ejes de vía</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>Manzanas</translation>
    </message>
    <message>
        <source>Lots</source>
        <translation>Lotes</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Hallazgos</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Cuadro de áreas</translation>
    </message>
    <message>
        <source>Indicators</source>
        <translation>Indicadores</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Terreno no edificable</translation>
    </message>
    <message>
        <source>Lineage</source>
        <translation>Procedencia de lotes</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>Repartido</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Al último lote</translation>
    </message>
    <message>
        <source>Remnant</source>
        <translation>Remanente</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Áreas verdes</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Perpendiculares</translation>
    </message>
    <message>
        <source>Parallel</source>
        <translation>Paralelos</translation>
    </message>
    <message>
        <source>Clean</source>
        <translation>Ordenado</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Más lotes</translation>
    </message>
    <message>
        <source>Lots from streets</source>
        <translation>Lotizar entre vías</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zonas</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Lotes que se conservan</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Ancho (m o columna)</translation>
    </message>
    <message>
        <source>Lots in blocks</source>
        <translation>Lotizar y revisar manzanas</translation>
    </message>
    <message>
        <source>Layout streets</source>
        <translation>Trazar vías y manzanas</translation>
    </message>
    <message>
        <source>Class column</source>
        <translation>Columna de la clase</translation>
    </message>
    <message>
        <source>Name column</source>
        <translation>Columna del nombre</translation>
    </message>
    <message>
        <source>Min block</source>
        <translation>Manzana mínima (m²)</translation>
    </message>
    <message>
        <source>Blocks from streets</source>
        <translation>Manzanas entre vías</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Letter blocks</source>
        <translation>Poner letras a manzanas</translation>
    </message>
    <message>
        <source>Reserve blocks</source>
        <translation>Reservar manzanas para aportes</translation>
    </message>
    <message>
        <source>Cut lots</source>
        <translation>Lotizar manzanas</translation>
    </message>
    <message>
        <source>Lot sides</source>
        <translation>Lados y colindancias de lotes</translation>
    </message>
    <message>
        <source>Perimeter vertices</source>
        <translation>Cuadro de datos técnicos</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Polígonos</translation>
    </message>
    <message>
        <source>Vertices</source>
        <translation>Vértices</translation>
    </message>
    <message>
        <source>Check perimeter</source>
        <translation>Revisar cuadro de datos técnicos</translation>
    </message>
    <message>
        <source>Check blocks</source>
        <translation>Revisar manzanas</translation>
    </message>
    <message>
        <source>Street grades</source>
        <translation>Pendientes de vías</translation>
    </message>
    <message>
        <source>Elevation</source>
        <translation>Altitudes</translation>
    </message>
    <message>
        <source>Check grades</source>
        <translation>Revisar pendientes</translation>
    </message>
    <message>
        <source>Check lots</source>
        <translation>Revisar lotes</translation>
    </message>
    <message>
        <source>Area table</source>
        <translation>Cuadro general de áreas</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>Asignar zonas a lotes</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Fecha</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>Superposición admitida (m²)</translation>
    </message>
    <message>
        <source>Lot zones</source>
        <translation>Zonas de los lotes</translation>
    </message>
    <message>
        <source>Lot conformity</source>
        <translation>Conformidad de lotes</translation>
    </message>
    <message>
        <source>Catalogues</source>
        <translation>Catálogo propio</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Índice de usos</translation>
    </message>
    <message>
        <source>Share land</source>
        <translation>Repartir manzanas entre grupos</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>Proporciones</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Reparto según</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Servicios</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Área</translation>
    </message>
    <message>
        <source>Land shares</source>
        <translation>Reparto del terreno</translation>
    </message>
    <message>
        <source>Check zoning</source>
        <translation>Revisar zonificación</translation>
    </message>
    <message>
        <source>Boundary</source>
        <translation>Límite</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Distancias</translation>
    </message>
    <message>
        <source>Zones on</source>
        <translation>Zonas vigentes en una fecha</translation>
    </message>
    <message>
        <source>Sliver</source>
        <translation>Astilla (m)</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>Capacidad</translation>
    </message>
    <message>
        <source>Dwellings per lot</source>
        <translation>Viviendas por lote</translation>
    </message>
    <message>
        <source>Persons per dwelling</source>
        <translation>Personas por vivienda</translation>
    </message>
    <message>
        <source>Net share</source>
        <translation>Parte neta</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Agrupar por</translation>
    </message>
    <message>
        <source>Check density</source>
        <translation>Revisar densidad</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>Etapas de crecimiento</translation>
    </message>
    <message>
        <source>Demand</source>
        <translation>Demanda de lotes</translation>
    </message>
    <message>
        <source>Cost per lot</source>
        <translation>Costo por lote (USD)</translation>
    </message>
    <message>
        <source>Cost per m</source>
        <translation>Costo por metro (USD)</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Descuento anual</translation>
    </message>
    <message>
        <source>Lots per ha</source>
        <translation>Lotes por hectárea</translation>
    </message>
    <message>
        <source>Areas a year</source>
        <translation>Áreas por año</translation>
    </message>
    <message>
        <source>Lots a year</source>
        <translation>Lotes por año</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Presupuesto anual (USD)</translation>
    </message>
    <message>
        <source>Shortage cost</source>
        <translation>Costo de un lote faltante (USD)</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>Lotes disponibles</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Método</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>Tiempo límite (s)</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Cronograma</translation>
    </message>
    <message>
        <source>Shortage</source>
        <translation>Falta de lotes</translation>
    </message>
    <message>
        <source>Shortage bound</source>
        <translation>Cota de la falta</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Costo total</translation>
    </message>
    <message>
        <source>Bound</source>
        <translation>Cota</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Brecha</translation>
    </message>
    <message>
        <source>Greedy shortage</source>
        <translation>Falta con método voraz</translation>
    </message>
    <message>
        <source>Greedy objective</source>
        <translation>Costo con método voraz</translation>
    </message>
    <message>
        <source>Milp</source>
        <translation>Programa entero</translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation>Voraz</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>Etapas</translation>
    </message>
    <message>
        <source>Phase balance</source>
        <translation>Balance de etapas</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Capa</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Efecto</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>Artículo</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Fin de la zona restringida</translation>
    </message>
    <message>
        <source>Exempt</source>
        <translation>Terreno exento</translation>
    </message>
    <message>
        <source>Forbid</source>
        <translation>Prohíbe</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Condiciona</translation>
    </message>
    <message>
        <source>Buildable</source>
        <translation>Terreno edificable</translation>
    </message>
    <message>
        <source>Min land</source>
        <translation>Terreno mínimo (m²)</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Partir donde se condiciona</translation>
    </message>
    <message>
        <source>Land</source>
        <translation>Terreno</translation>
    </message>
    <message>
        <source>Slope constraints</source>
        <translation>Laderas como restricciones</translation>
    </message>
    <message>
        <source>Held share</source>
        <translation>Terreno por titular</translation>
    </message>
    <message>
        <source>Holdings</source>
        <translation>Predios</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>Columna del titular</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Cuadrícula del terreno</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Lado de celda (m)</translation>
    </message>
    <message>
        <source>Suitability</source>
        <translation>Aptitud del terreno</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Unidades</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>Factores</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Capas</translation>
    </message>
    <message>
        <source>Zones by area</source>
        <translation>Cortar zonas por áreas</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Columna</translation>
    </message>
    <message>
        <source>Stretches</source>
        <translation>Tramos de costa</translation>
    </message>
    <message>
        <source>Coast</source>
        <translation>Línea de costa</translation>
    </message>
    <message>
        <source>Occupants</source>
        <translation>Ocupantes</translation>
    </message>
    <message>
        <source>States</source>
        <translation>Estados</translation>
    </message>
    <message>
        <source>Seafront</source>
        <translation>Malecón</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>Alcance (m)</translation>
    </message>
    <message>
        <source>Check shore</source>
        <translation>Revisar ribera</translation>
    </message>
    <message>
        <source>Accesses</source>
        <translation>Accesos</translation>
    </message>
    <message>
        <source>Railway</source>
        <translation>Ferrocarril</translation>
    </message>
    <message>
        <source>Built</source>
        <translation>Usos con edificios</translation>
    </message>
    <message>
        <source>Adjoining lots</source>
        <translation>Lotes contiguos</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Lotes no disponibles</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>Ancho entre lotes (m)</translation>
    </message>
    <message>
        <source>Uses</source>
        <translation>Usos</translation>
    </message>
    <message>
        <source>Receiving sites</source>
        <translation>Lugares de destino</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Asignar lugares de destino</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>Necesidades</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lectura de cantidades</translation>
    </message>
    <message>
        <source>Shore</source>
        <translation>Ribera</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Lugares de trabajo</translation>
    </message>
    <message>
        <source>Afresh</source>
        <translation>Buscar desde cero</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Asignaciones</translation>
    </message>
    <message>
        <source>Second best</source>
        <translation>Diferencia con la segunda mejor</translation>
    </message>
    <message>
        <source>Households</source>
        <translation>Hogares</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tareas</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Calendario</translation>
    </message>
    <message>
        <source>Critical path</source>
        <translation>Ruta crítica</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Término</translation>
    </message>
    <message>
        <source>Task times</source>
        <translation>Fechas de las tareas</translation>
    </message>
    <message>
        <source>Relocation state on</source>
        <translation>Estado de las reubicaciones</translation>
    </message>
    <message>
        <source>Moves</source>
        <translation>Traslados</translation>
    </message>
    <message>
        <source>Occupant states</source>
        <translation>Estados de los ocupantes</translation>
    </message>
    <message>
        <source>Check programme</source>
        <translation>Revisar programa de reubicación</translation>
    </message>
    <message>
        <source>Agreements</source>
        <translation>Acuerdos</translation>
    </message>
    <message>
        <source>Obligations</source>
        <translation>Obligaciones</translation>
    </message>
    <message>
        <source>Subtotal</source>
        <translation>Subtotal (m²)</translation>
    </message>
    <message>
        <source>Programme rows</source>
        <translation>Avance de las reubicaciones</translation>
    </message>
    <message>
        <source>Count reading</source>
        <translation>Lectura de cantidades</translation>
    </message>
    <message>
        <source>Persons per household</source>
        <translation>Personas por hogar</translation>
    </message>
    <message>
        <source>Paving</source>
        <translation>Pavimentación</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Costo (USD/m²)</translation>
    </message>
    <message>
        <source>Municipality</source>
        <translation>Parte municipal</translation>
    </message>
    <message>
        <source>Water</source>
        <translation>Agua potable</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Fuente</translation>
    </message>
    <message>
        <source>Litres</source>
        <translation>Litros por persona al día</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>Factor punta</translation>
    </message>
    <message>
        <source>Diameters</source>
        <translation>Diámetros (mm)</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>Costos (USD/m)</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>Distancia máxima (m)</translation>
    </message>
    <message>
        <source>Roughness</source>
        <translation>Rugosidad C</translation>
    </message>
    <message>
        <source>Velocity max</source>
        <translation>Velocidad máxima (m/s)</translation>
    </message>
    <message>
        <source>Pressure min</source>
        <translation>Presión mínima (m)</translation>
    </message>
    <message>
        <source>Pressure max</source>
        <translation>Presión máxima (m)</translation>
    </message>
    <message>
        <source>Tank</source>
        <translation>Altura del reservorio (m)</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Caminos directos</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Carga en la fuente (m)</translation>
    </message>
    <message>
        <source>Pipes</source>
        <translation>Tuberías</translation>
    </message>
    <message>
        <source>Network nodes</source>
        <translation>Nodos de la red</translation>
    </message>
    <message>
        <source>Network lots</source>
        <translation>Lotes servidos</translation>
    </message>
    <message>
        <source>Network figures</source>
        <translation>Resumen de la red</translation>
    </message>
    <message>
        <source>Sewer</source>
        <translation>Alcantarillado</translation>
    </message>
    <message>
        <source>Outfall</source>
        <translation>Punto de descarga</translation>
    </message>
    <message>
        <source>Manning</source>
        <translation>n de Manning</translation>
    </message>
    <message>
        <source>Flow min</source>
        <translation>Caudal mínimo (l/s)</translation>
    </message>
    <message>
        <source>Filling max</source>
        <translation>Tirante máximo</translation>
    </message>
    <message>
        <source>Tractive min</source>
        <translation>Tensión tractiva mínima (Pa)</translation>
    </message>
    <message>
        <source>Slope factor</source>
        <translation>Factor de pendiente</translation>
    </message>
    <message>
        <source>Slope power</source>
        <translation>Potencia de pendiente</translation>
    </message>
    <message>
        <source>Cover min</source>
        <translation>Recubrimiento mínimo (m)</translation>
    </message>
    <message>
        <source>Depth max</source>
        <translation>Profundidad máxima (m)</translation>
    </message>
    <message>
        <source>Earth</source>
        <translation>Costo de zanja (USD/m³)</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Margen (m)</translation>
    </message>
    <message>
        <source>Manhole</source>
        <translation>Costo de buzón (USD)</translation>
    </message>
    <message>
        <source>Manhole depth</source>
        <translation>Costo por metro de buzón (USD)</translation>
    </message>
    <message>
        <source>Pump</source>
        <translation>Costo de bombeo (USD)</translation>
    </message>
    <message>
        <source>Climb</source>
        <translation>Rodeo por profundidad</translation>
    </message>
    <message>
        <source>Taps</source>
        <translation>Piletas públicas</translation>
    </message>
    <message>
        <source>Max walk</source>
        <translation>Caminata máxima (m)</translation>
    </message>
    <message>
        <source>Persons per tap</source>
        <translation>Personas por pileta</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Caudal (l/min)</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distancia (m)</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Horas al día</translation>
    </message>
    <message>
        <source>Setback</source>
        <translation>Retiro (m)</translation>
    </message>
    <message>
        <source>Front within</source>
        <translation>Frente a menos de (m)</translation>
    </message>
    <message>
        <source>Walk</source>
        <translation>Caminata total (m)</translation>
    </message>
    <message>
        <source>Walk bound</source>
        <translation>Cota de la caminata (m)</translation>
    </message>
    <message>
        <source>Walk gap</source>
        <translation>Brecha de la caminata</translation>
    </message>
    <message>
        <source>Tap lots</source>
        <translation>Lotes por pileta</translation>
    </message>
    <message>
        <source>Latrines</source>
        <translation>Letrinas</translation>
    </message>
    <message>
        <source>From house</source>
        <translation>Distancia a la casa (m)</translation>
    </message>
    <message>
        <source>From water</source>
        <translation>Distancia al agua (m)</translation>
    </message>
    <message>
        <source>From water min</source>
        <translation>Distancia mínima al agua (m)</translation>
    </message>
    <message>
        <source>Pit</source>
        <translation>Hoyo (m)</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>Pendiente mínima</translation>
    </message>
    <message>
        <source>Sewer depth</source>
        <translation>Profundidad del desagüe (m)</translation>
    </message>
    <message>
        <source>Sewer line</source>
        <translation>Línea de desagüe</translation>
    </message>
    <message>
        <source>Houses</source>
        <translation>Casas</translation>
    </message>
    <message>
        <source>Design fits</source>
        <translation>Diseños que caben</translation>
    </message>
    <message>
        <source>Designs</source>
        <translation>Diseños</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Lista de postulantes por puntaje</translation>
    </message>
    <message>
        <source>Applicants</source>
        <translation>Postulantes</translation>
    </message>
    <message>
        <source>Eligibility</source>
        <translation>Calificación</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Puntajes</translation>
    </message>
    <message>
        <source>Ties</source>
        <translation>Desempates</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Acta</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Lista por puntaje</translation>
    </message>
    <message>
        <source>Score parts</source>
        <translation>Puntaje por criterio</translation>
    </message>
    <message>
        <source>Allot</source>
        <translation>Adjudicar lotes</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Modalidad</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Acta o resolución</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Mantener grupos juntos</translation>
    </message>
    <message>
        <source>Among</source>
        <translation>Entre quiénes</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orden de los lotes</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Turno del grupo</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Eventos</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Sorteo</translation>
    </message>
    <message>
        <source>Preference</source>
        <translation>Preferencia</translation>
    </message>
    <message>
        <source>Ranked</source>
        <translation>Según la lista</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Número de sorteo</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Código</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Mejor puesto</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>Puesto medio</translation>
    </message>
    <message>
        <source>Allotments</source>
        <translation>Adjudicaciones</translation>
    </message>
    <message>
        <source>Lot events</source>
        <translation>Eventos de lotes</translation>
    </message>
    <message>
        <source>Promuvi state on</source>
        <translation>Estado de los lotes en una fecha</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Obras</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Cuentas</translation>
    </message>
    <message>
        <source>Payments</source>
        <translation>Pagos</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Reglas</translation>
    </message>
    <message>
        <source>Lot states</source>
        <translation>Estados de los lotes</translation>
    </message>
    <message>
        <source>Check events</source>
        <translation>Revisar eventos</translation>
    </message>
    <message>
        <source>Lot progress</source>
        <translation>Avance por lote</translation>
    </message>
    <message>
        <source>Service progress</source>
        <translation>Avance de servicios</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>Pronóstico de títulos</translation>
    </message>
    <message>
        <source>Months</source>
        <translation>Meses</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Nivel del intervalo</translation>
    </message>
    <message>
        <source>Draws</source>
        <translation>Sorteos</translation>
    </message>
    <message>
        <source>Resample</source>
        <translation>Unidad de sorteo</translation>
    </message>
    <message>
        <source>Wave</source>
        <translation>Tandas</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Manzana</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>Lote</translation>
    </message>
    <message>
        <source>Plan a bare site: the best of what plan_alternatives finds.</source>
        <translation>Planifica un terreno vacío: el mejor de los trazados que encuentra la búsqueda.</translation>
    </message>
    <message>
        <source>Polygons of any shape, in metres.</source>
        <translation>Polígonos de cualquier forma, en metros.</translation>
    </message>
    <message>
        <source>Type of lot of TH.010, 1 to 6: its norms hold for what is not given.</source>
        <translation>Tipo de lote de la TH.010, del 1 al 6: sus normas rigen para lo que no se indique.</translation>
    </message>
    <message>
        <source>Least area, in m2.</source>
        <translation>Área mínima, en m².</translation>
    </message>
    <message>
        <source>Least length of boundary on a street, in m.</source>
        <translation>Longitud mínima de lindero con frente a una vía, en m.</translation>
    </message>
    <message>
        <source>Greatest depth to width: long over short side of the minimum rotated rectangle.</source>
        <translation>Mayor relación entre fondo y ancho: lado largo entre lado corto del rectángulo mínimo girado.</translation>
    </message>
    <message>
        <source>Greatest depth at which land still becomes part of a lot, in m. By default twice ``min_area / min_frontage``; what lies deeper is a remnant (land less than a metre deeper goes to the lots, rather than leave a slit).</source>
        <translation>Mayor fondo hasta el que el terreno forma parte de un lote, en m. Por defecto, el doble del área mínima entre el frente mínimo; lo que queda más adentro es remanente (si sobra menos de un metro, pasa a los lotes).</translation>
    </message>
    <message>
        <source>Greatest area, in m2; land that would make lots larger is a remnant.</source>
        <translation>Área máxima, en m²; el terreno que haría lotes mayores es remanente.</translation>
    </message>
    <message>
        <source>Least mean width (area over depth), in m, besides the front.</source>
        <translation>Ancho medio mínimo (área entre fondo), en m, además del frente.</translation>
    </message>
    <message>
        <source>Area (m2) and front (m) that lots should have about. By default as many lots as fit.</source>
        <translation>Área (m²) y frente (m) que deberían tener los lotes. Por defecto, tantos lotes como quepan.</translation>
    </message>
    <message>
        <source>Share by which lots may miss a target; what does not fit is left over.</source>
        <translation>Proporción en que los lotes pueden apartarse de lo deseado; lo que no cabe es sobrante.</translation>
    </message>
    <message>
        <source>Lots of exactly these areas (m2) in each block, in this order along its outline; what is left over is a remnant.</source>
        <translation>Lotes de exactamente estas áreas (m²) en cada manzana, en este orden a lo largo de su contorno; lo que sobra es remanente.</translation>
    </message>
    <message>
        <source>Exact number of lots in each block.</source>
        <translation>Número exacto de lotes en cada manzana.</translation>
    </message>
    <message>
        <source>What becomes of land left over at the end of a row: all lots are a little larger, the last one is, it is a remnant, or a green area.</source>
        <translation>Destino del terreno que sobra al final de una fila: se reparte entre todos los lotes, pasa al último, queda como remanente o es área verde.</translation>
    </message>
    <message>
        <source>Front that lots at street corners have more than others, in m.</source>
        <translation>Frente que los lotes de esquina tienen de más, en m.</translation>
    </message>
    <message>
        <source>Length in m of the line that cuts off the corner of a block where streets meet; 0 for none.</source>
        <translation>Longitud en m del ochavo que corta la esquina de la manzana donde se cruzan las vías; 0 si no hay.</translation>
    </message>
    <message>
        <source>Direction of the rows, as an azimuth in degrees clockwise from grid north: corner lots belong to the rows that run so. By default the longer of two rows has the corner.</source>
        <translation>Dirección de las filas, como azimut en grados sexagesimales desde el norte de cuadrícula: los lotes de esquina pertenecen a las filas que van así. Por defecto, la esquina es de la fila más larga.</translation>
    </message>
    <message>
        <source>Whether side lines are at right angles to the street, or parallel to the neighbouring sides of the block where these lean the same way.</source>
        <translation>Si los linderos laterales son perpendiculares a la vía, o paralelos a los lados vecinos de la manzana cuando estos se inclinan igual.</translation>
    </message>
    <message>
        <source>Share of the land that is kept for public use, or shares by kind, such as ``{"recreation": 0.08, "education": 0.02, "other": 0.03}``. A single share is recreation. The land is the site less collectors and larger roads.</source>
        <translation>Parte del terreno que se reserva como aporte, por clase: recreation (recreación pública), parks_zonal (parques zonales), education (educación), other (otros fines); por ejemplo, recreation 0.08. El terreno es el del sitio menos las vías colectoras y mayores.</translation>
    </message>
    <message>
        <source>Width of all local streets, in m, where sections does not name their class.</source>
        <translation>Ancho de todas las vías locales, en m, si no se indica una sección para su clase.</translation>
    </message>
    <message>
        <source>Widths in m by class: ``collector``, ``principal``, ``secondary``, ``passage``.</source>
        <translation>Anchos de sección en m por clase de vía: collector (colectora), principal, secondary (secundaria), passage (pasaje).</translation>
    </message>
    <message>
        <source>Distance between street crossings, in m.</source>
        <translation>Distancia entre cruces de vías, en m.</translation>
    </message>
    <message>
        <source>Direction of the rows of lots: the best found; along the contours of the ground; an azimuth in degrees clockwise from grid north; or along a line of points (m).</source>
        <translation>Dirección de las filas de lotes: «best», la mejor que se encuentre; «contours», según las curvas de nivel; o un azimut en grados desde el norte de cuadrícula.</translation>
    </message>
    <message>
        <source>Whether streets may lead into land that no other reaches, and end there in a turning circle.</source>
        <translation>Si las vías pueden entrar en terreno al que no llega otra y terminar allí en una plazoleta de volteo.</translation>
    </message>
    <message>
        <source>Greatest length of such a street and diameter of its circle, in m.</source>
        <translation>Longitud máxima de esa vía y diámetro de su plazoleta de volteo, en m.</translation>
    </message>
    <message>
        <source>Whether every other cross street is a pedestrian passage.</source>
        <translation>Si una de cada dos vías transversales es pasaje peatonal.</translation>
    </message>
    <message>
        <source>How lots are cut, as in cut_lots.</source>
        <translation>Cómo se cortan los lotes, igual que en «Lotizar manzanas».</translation>
    </message>
    <message>
        <source>What the best plan has: most lots, least street a lot, least slope along the streets, most lots near green; or weights of these.</source>
        <translation>Qué tiene el mejor plan: más lotes, menos vía por lote, menos pendiente en las vías o más lotes cerca de áreas verdes.</translation>
    </message>
    <message>
        <source>Persons a lot.</source>
        <translation>Personas por lote.</translation>
    </message>
    <message>
        <source>How many different plans the search keeps.</source>
        <translation>Cuántos planes distintos conserva la búsqueda.</translation>
    </message>
    <message>
        <source>Of the search: another seed tries the rows at other places; the same gives the same plans.</source>
        <translation>Semilla de la búsqueda: otra semilla prueba las filas en otros lugares; la misma da los mismos planes.</translation>
    </message>
    <message>
        <source>Centre lines of collectors and other streets to join, with ``width`` (m), ``street_class`` and ``name`` where known; streets without a class are collectors.</source>
        <translation>Ejes de las colectoras y otras vías con las que hay que empalmar, con las columnas width (ancho en m), street_class y name donde se conozcan; las vías sin clase son colectoras.</translation>
    </message>
    <message>
        <source>Polygons not to be built on, with ``reason`` and ``article``, as in ilo_gis.site.buildable.</source>
        <translation>Polígonos donde no se puede edificar, con las columnas reason (motivo) y article (artículo), como en «Terreno edificable».</translation>
    </message>
    <message>
        <source>Heights of the ground, from ``io.read_elevation``: streets follow the contours where that is better, and their grades are checked.</source>
        <translation>Altitudes del terreno: las vías siguen las curvas de nivel donde conviene y se revisan sus pendientes.</translation>
    </message>
    <message>
        <source>Lots or blocks that must not move, as polygons with their ids as index.</source>
        <translation>Lotes o manzanas que no deben moverse, como polígonos con su código.</translation>
    </message>
    <message>
        <source>Code of the country whose norms hold.</source>
        <translation>Código del país cuyas normas rigen.</translation>
    </message>
    <message>
        <source>Day whose norms hold; today if none is given.</source>
        <translation>Fecha cuyas normas rigen; la de hoy si no se indica.</translation>
    </message>
    <message>
        <source>Lay out and check the lots between existing streets.</source>
        <translation>Traza y revisa los lotes entre vías existentes.</translation>
    </message>
    <message>
        <source>Street centre lines in metres, as dirty as they come.</source>
        <translation>Ejes de vías en metros, tal como vengan, aunque tengan errores de dibujo.</translation>
    </message>
    <message>
        <source>Polygons to stay within. By default the land that the streets enclose.</source>
        <translation>Polígonos dentro de los cuales se trabaja. Por defecto, el terreno que encierran las vías.</translation>
    </message>
    <message>
        <source>Polygons of parks, schools and the like; blocks mostly covered by them get no lots.</source>
        <translation>Polígonos de parques, escuelas y similares; las manzanas cubiertas en su mayor parte por ellos no se lotizan.</translation>
    </message>
    <message>
        <source>Polygons whose column ``rule`` names the rule of the blocks they cover most of; other blocks have the first rule.</source>
        <translation>Polígonos cuya columna rule nombra la regla de las manzanas que cubren en su mayor parte; las demás usan la primera regla.</translation>
    </message>
    <message>
        <source>Lots that stay as they are, as polygons inside the blocks.</source>
        <translation>Lotes que quedan como están, como polígonos dentro de las manzanas.</translation>
    </message>
    <message>
        <source>Width of the streets in m, the column that has it, or the width for each class.</source>
        <translation>Ancho de las vías en m, o la columna que lo tiene.</translation>
    </message>
    <message>
        <source>Cut given blocks into lots, and check them.</source>
        <translation>Corta en lotes las manzanas dadas y los revisa.</translation>
    </message>
    <message>
        <source>Polygons in metres, with unique ids as index. The parts of a block in several parts become blocks of their own (``A.1``, ``A.2``). A column ``rule`` may name the rule of each.</source>
        <translation>Polígonos en metros, con códigos únicos. Las partes de una manzana que tiene varias pasan a ser manzanas propias (A.1, A.2). La columna rule puede nombrar la regla de cada una.</translation>
    </message>
    <message>
        <source>Street land as polygons, as in cut_lots. By default the whole outline of a block is front.</source>
        <translation>Área de vías como polígonos, igual que en «Lotizar manzanas». Por defecto, todo el contorno de la manzana es frente.</translation>
    </message>
    <message>
        <source>Turn street centre lines into street land and blocks, an exact cover of the site.</source>
        <translation>Convierte ejes de vías en área de vías y manzanas que cubren el terreno exactamente.</translation>
    </message>
    <message>
        <source>Street centre lines in a CRS in metres, as dirty as they come.</source>
        <translation>Ejes de vías en un SRC en metros, tal como vengan.</translation>
    </message>
    <message>
        <source>Polygons to stay within, in the same CRS; overlapping ones are one site. By default the street land with all that it encloses.</source>
        <translation>Polígonos dentro de los cuales se trabaja, en el mismo SRC; los que se superponen son un solo terreno. Por defecto, el área de vías y todo lo que encierra.</translation>
    </message>
    <message>
        <source>Width of the right of way: metres, the column that has them, or metres by class (clean_streets).</source>
        <translation>Ancho de la sección de vía: metros, o la columna que los tiene.</translation>
    </message>
    <message>
        <source>Greatest gap or stub to mend, m. A street that ends within it of the edge of the site is led out of it.</source>
        <translation>Mayor separación o cabo suelto que se corrige, en m. Una vía que termina a esta distancia del borde del terreno se prolonga hasta fuera de él.</translation>
    </message>
    <message>
        <source>Columns with the class and the name of the street.</source>
        <translation>Columnas con la clase y con el nombre de la vía.</translation>
    </message>
    <message>
        <source>Land left over below this size, m2, is a sliver: it goes to the street land beside it (and street land as small to the block beside it), with a finding.</source>
        <translation>El terreno sobrante menor que esto, en m², es una astilla: pasa al área de vías contigua (o a la manzana contigua), con un hallazgo.</translation>
    </message>
    <message>
        <source>Return the blocks between street centre lines, as dirty as these come.</source>
        <translation>Obtiene las manzanas entre ejes de vías, tal como vengan.</translation>
    </message>
    <message>
        <source>Street centre lines in a CRS in metres.</source>
        <translation>Ejes de vías en un SRC en metros.</translation>
    </message>
    <message>
        <source>Polygons to stay within, in the same CRS. By default the land that the streets enclose.</source>
        <translation>Polígonos dentro de los cuales se trabaja, en el mismo SRC. Por defecto, el terreno que encierran las vías.</translation>
    </message>
    <message>
        <source>Width of the right of way: metres, the column that has them, or metres by class.</source>
        <translation>Ancho de la sección de vía: metros, o la columna que los tiene.</translation>
    </message>
    <message>
        <source>Letter blocks in reading order: from the north row by row, each from the west.</source>
        <translation>Pone letras a las manzanas en orden de lectura: fila por fila desde el norte, cada una desde el oeste.</translation>
    </message>
    <message>
        <source>Block polygons, projected in metres.</source>
        <translation>Polígonos de manzanas, proyectados en metros.</translation>
    </message>
    <message>
        <source>Return the blocks that are reserved: those mostly covered by a polygon of reserves.</source>
        <translation>Obtiene las manzanas reservadas: las cubiertas en su mayor parte por un polígono de aportes.</translation>
    </message>
    <message>
        <source>Table ``blocks``.</source>
        <translation>Tabla de manzanas.</translation>
    </message>
    <message>
        <source>Polygons where no lots are wanted, in the CRS of blocks; a column ``kind`` tells the use.</source>
        <translation>Polígonos donde no se quieren lotes, en el SRC de las manzanas; la columna kind indica el uso.</translation>
    </message>
    <message>
        <source>Cut blocks into lots that obey a rule, and name what is left over.</source>
        <translation>Corta manzanas en lotes que cumplen una regla y nombra lo que sobra.</translation>
    </message>
    <message>
        <source>Valid Polygons or MultiPolygons in metres, with unique ids as index. Each part of a MultiPolygon is cut by itself.</source>
        <translation>Polígonos válidos en metros, con códigos únicos. Cada parte de un multipolígono se corta por separado.</translation>
    </message>
    <message>
        <source>Street land as polygons, in the CRS of blocks. Only edges within 5 cm of it are fronts, and not on streets whose column ``front`` is false, such as a highway. By default the whole outline of a block is front; holes never are.</source>
        <translation>Área de vías como polígonos, en el SRC de las manzanas. Solo son frente los bordes a menos de 5 cm de ella, y no en vías cuya columna front es falsa, como una carretera. Por defecto, todo el contorno de la manzana es frente; los huecos nunca lo son.</translation>
    </message>
    <message>
        <source>Lots that stay as they are, as polygons inside the blocks; the land round them is cut. With ``block_id`` and ``number`` (table ``lots``) new lots are numbered after them.</source>
        <translation>Lotes que quedan como están, como polígonos dentro de las manzanas; se corta el terreno que los rodea. Con las columnas block_id y number (tabla de lotes), los lotes nuevos se numeran después de ellos.</translation>
    </message>
    <message>
        <source>``"clean"`` keeps side lines square to the street. ``"most"`` looks for as many lots as a block holds: side lines turn by up to 15 degrees, and corner lots are kites with a front on both streets. No block has fewer lots than by ``"clean"``. Blocks whose rule asks for more than least sizes (a target, a number, a direction) are cut as by ``"clean"``.</source>
        <translation>«Ordenado» mantiene los linderos laterales perpendiculares a la vía. «Más lotes» busca cuantos lotes quepan en la manzana: los linderos giran hasta 15 grados y los lotes de esquina tienen frente a ambas vías. Ninguna manzana tiene menos lotes que con «Ordenado». Si la regla pide más que tamaños mínimos (un objetivo, un número, una dirección), se corta como «Ordenado».</translation>
    </message>
    <message>
        <source>Measure each side of each lot and name who is behind it.</source>
        <translation>Mide cada lado de cada lote y nombra la colindancia.</translation>
    </message>
    <message>
        <source>Table ``lots`` or any Polygons in metres; the index names them. Rows with ``kind == "remnant"`` are neighbours of that kind. Neighbours are found where both have the same vertices, as lots of cut_lots do. Holes have no sides.</source>
        <translation>Tabla de lotes o cualquier polígono en metros. Las filas con kind «remnant» son colindantes de esa clase. Se reconocen colindantes donde ambos tienen los mismos vértices, como los de «Lotizar manzanas». Los huecos no tienen lados.</translation>
    </message>
    <message>
        <source>Street land as polygons; the column ``name``, else the index, names them. By default the outer boundary of all lots that touch is street.</source>
        <translation>Área de vías como polígonos; las nombra la columna name o, si no la hay, su código. Por defecto, es vía el borde exterior de los lotes que se tocan.</translation>
    </message>
    <message>
        <source>List the vertices of polygons with sides, angles and coordinates (cuadro de datos técnicos).</source>
        <translation>Lista los vértices de polígonos con lados, ángulos y coordenadas (cuadro de datos técnicos).</translation>
    </message>
    <message>
        <source>Polygons in metres; the index names them.</source>
        <translation>Polígonos en metros, cada uno con su código.</translation>
    </message>
    <message>
        <source>Check a vertex table, of any source: angles that add up, sides that close and join its coordinates.</source>
        <translation>Revisa un cuadro de datos técnicos de cualquier origen: que los ángulos sumen y que los lados cierren y unan sus coordenadas.</translation>
    </message>
    <message>
        <source>Table ``vertices``, such as one typed from a plan on paper. Vertices of a ring follow each other as their names do: P1, P2 ... P10, or A, B ... AA.</source>
        <translation>Tabla de vértices, por ejemplo una copiada de un plano en papel. Los vértices de un anillo se siguen según sus nombres: P1, P2 ... P10, o A, B ... AA.</translation>
    </message>
    <message>
        <source>How far, in m, the end of the walk may be from P1, and a side from the distance of its ends. Angles may miss their sum by what turns the longest side by as much.</source>
        <translation>A cuánta distancia de P1, en m, puede terminar el recorrido, y cuánto puede apartarse un lado de la distancia entre sus extremos. Los ángulos pueden fallar en lo que desvía otro tanto el lado más largo.</translation>
    </message>
    <message>
        <source>Check blocks: sound geometry, ids, and length between street crossings.</source>
        <translation>Revisa las manzanas: geometría, códigos y longitud entre cruces de vías.</translation>
    </message>
    <message>
        <source>Block polygons in metres.</source>
        <translation>Polígonos de manzanas en metros.</translation>
    </message>
    <message>
        <source>Return street lines with the mean and the steepest grade of the ground along them.</source>
        <translation>Obtiene los ejes de vía con la pendiente media y la mayor del terreno a lo largo de ellos.</translation>
    </message>
    <message>
        <source>Table ``street_lines``.</source>
        <translation>Tabla de ejes de vía.</translation>
    </message>
    <message>
        <source>Heights of the ground in the CRS of street_lines, as from ``io.read_elevation``.</source>
        <translation>Altitudes del terreno, en el SRC de los ejes de vía.</translation>
    </message>
    <message>
        <source>Check the grades of streets, as the ground has them.</source>
        <translation>Revisa las pendientes de las vías, según el terreno.</translation>
    </message>
    <message>
        <source>Table ``street_lines`` with ``grade`` and ``grade_max``, as from street_grades.</source>
        <translation>Tabla de ejes de vía con grade y grade_max, como las de «Pendientes de vías».</translation>
    </message>
    <message>
        <source>Check lots from any source, one finding per lot and rule broken.</source>
        <translation>Revisa lotes de cualquier origen: un hallazgo por lote y regla incumplida.</translation>
    </message>
    <message>
        <source>Polygons in metres; the index names them. Rows with ``kind == "remnant"`` need not be legal.</source>
        <translation>Polígonos en metros, cada uno con su código. Las filas con kind «remnant» no tienen que ser lotes legales.</translation>
    </message>
    <message>
        <source>Block polygons. With the column ``block_id`` in lots, the outline of its own block is where a lot fronts the street, and the lots and remnants of a block must cover it.</source>
        <translation>Polígonos de manzanas. Con la columna block_id en los lotes, el lote tiene frente en el contorno de su manzana, y los lotes y remanentes de una manzana deben cubrirla.</translation>
    </message>
    <message>
        <source>Street land as polygons; those whose column ``front`` is false are no fronts. Given neither, the outer boundary of each group of touching lots counts as street, and a finding says so.</source>
        <translation>Área de vías como polígonos; las que tienen la columna front en falso no dan frente. Si no hay manzanas ni vías, cuenta como vía el borde exterior de cada grupo de lotes que se tocan, y un hallazgo lo dice.</translation>
    </message>
    <message>
        <source>Return the areas of lots, remnants, reserves and streets, and of the site they add up to.</source>
        <translation>Obtiene las áreas de lotes, remanentes, aportes y vías, y del terreno que suman (cuadro de áreas).</translation>
    </message>
    <message>
        <source>Table ``streets``: street land.</source>
        <translation>Tabla de vías: área de vías.</translation>
    </message>
    <message>
        <source>Table ``lots``, remnants included.</source>
        <translation>Tabla de lotes, con los remanentes.</translation>
    </message>
    <message>
        <source>Land reserved for parks, schools and other uses, as polygons.</source>
        <translation>Terreno reservado para parques, escuelas y otros usos, como polígonos.</translation>
    </message>
    <message>
        <source>Return for each lot the zone that has the largest share of it; split lots are flagged.</source>
        <translation>Obtiene para cada lote la zona que ocupa su mayor parte; señala los lotes partidos.</translation>
    </message>
    <message>
        <source>Polygons in metres, one a lot, the id as index. Remnants of a plan are land too and have their zone like any lot.</source>
        <translation>Polígonos en metros, uno por lote, con su código. Los remanentes también son terreno y tienen su zona.</translation>
    </message>
    <message>
        <source>Polygons in the CRS of lots, the id as index; ``code``. With on the columns of the table ``zones`` that tell when a zone holds.</source>
        <translation>Polígonos en el SRC de los lotes, con su código y la columna code. Si se indica la fecha, las columnas de la tabla de zonas que dicen cuándo rige cada una.</translation>
    </message>
    <message>
        <source>Day: only zones in force on it count, as zones_on has them. By default all zones whose ``until`` is empty.</source>
        <translation>Fecha: solo cuentan las zonas vigentes en ella. Por defecto, todas las que no tienen fecha de término.</translation>
    </message>
    <message>
        <source>Share of a lot that may lie in another zone, or in none, before the lot is split.</source>
        <translation>Parte de un lote que puede estar en otra zona, o en ninguna, antes de considerarlo partido.</translation>
    </message>
    <message>
        <source>Area, m2, that two zones may have in common by slips of drawing. The shares of a lot there are scaled to add up to 1.</source>
        <translation>Área, en m², que dos zonas pueden compartir por descuidos de dibujo. Allí las partes del lote se ajustan para sumar 1.</translation>
    </message>
    <message>
        <source>Hold each lot against the parameters of the zone that has the largest share of it.</source>
        <translation>Compara cada lote con los parámetros de la zona que ocupa su mayor parte.</translation>
    </message>
    <message>
        <source>Polygons of lots in metres, the id as index. Their area is measured; ``frontage`` (m), ``floors``, ``height`` (m), ``free_area`` and ``coverage`` (shares) and ``use`` are checked where they are given. ``since`` (day) tells lots that are older than their zone. Remnants (``kind`` "remnant") are no lots and are not checked.</source>
        <translation>Polígonos de lotes en metros, con su código. Se mide su área; frontage (m), floors, height (m), free_area y coverage (proporciones) y use se revisan donde se indican. La columna since (fecha) señala los lotes anteriores a su zona. Los remanentes no son lotes y no se revisan.</translation>
    </message>
    <message>
        <source>Table ``zones``, in the CRS of lots: ``catalogue``, ``code`` and parameters.</source>
        <translation>Tabla de zonas, en el SRC de los lotes: catalogue, code y parámetros.</translation>
    </message>
    <message>
        <source>Day: only zones in force on it count. By default those whose ``until`` is empty.</source>
        <translation>Fecha: solo cuentan las zonas vigentes en ella. Por defecto, las que no tienen fecha de término.</translation>
    </message>
    <message>
        <source>Instead of the shipped ones; they give what a zone does not say itself.</source>
        <translation>Catálogo propio junto a los incluidos; da lo que la zona misma no dice.</translation>
    </message>
    <message>
        <source>Index of uses, instead of the shipped illustrative one.</source>
        <translation>Índice de usos en lugar del incluido, que es ilustrativo.</translation>
    </message>
    <message>
        <source>Share of a lot in another zone that splits it, as for assign.</source>
        <translation>Parte de un lote en otra zona que lo hace partido, como en «Asignar zonas a lotes».</translation>
    </message>
    <message>
        <source>Area, m2, that two zones may share by slips of drawing, as for assign.</source>
        <translation>Área, en m², que dos zonas pueden compartir por descuidos de dibujo, como en «Asignar zonas a lotes».</translation>
    </message>
    <message>
        <source>Return which group gets which block: compact, contiguous, and in the shares that are due.</source>
        <translation>Reparte manzanas entre grupos: terreno compacto y continuo para cada uno, en la proporción debida.</translation>
    </message>
    <message>
        <source>Polygons in a CRS in metres, with unique ids; columns ``lots`` and ``value`` where shares are of these.</source>
        <translation>Polígonos en un SRC en metros, con códigos únicos; columnas lots y value si las proporciones son de ellas.</translation>
    </message>
    <message>
        <source>Shares by name, 1 together; or groups, such as usual_groups(), which also tell how much being near services counts for each and how many parts its land may have.</source>
        <translation>Proporción de cada grupo por su nombre; juntas suman 1.</translation>
    </message>
    <message>
        <source>What the shares are of. Of several, the first is exact within one block, the others as near as whole blocks come.</source>
        <translation>De qué son las proporciones. Se cumplen con la exactitud de una manzana.</translation>
    </message>
    <message>
        <source>Table ``lots``: those of kind "lot" are counted by ``block_id``, in place of the column ``lots``.</source>
        <translation>Tabla de lotes: los de clase «lot» se cuentan por block_id, en lugar de la columna lots.</translation>
    </message>
    <message>
        <source>Collectors, mains or taps, in the CRS of blocks; else a column ``distance`` (m) where there is one.</source>
        <translation>Colectoras, redes principales o piletas, en el SRC de las manzanas; si no, la columna distance (m) donde la haya.</translation>
    </message>
    <message>
        <source>Blocks across land up to this wide, m, are neighbours.</source>
        <translation>Las manzanas separadas por terreno hasta este ancho, en m, son vecinas.</translation>
    </message>
    <message>
        <source>Return everything that is wrong with zoning plans.</source>
        <translation>Obtiene todo lo que está mal en los planos de zonificación.</translation>
    </message>
    <message>
        <source>Table ``zones``, of one or several plans, in a CRS in metres.</source>
        <translation>Tabla de zonas, de uno o varios planes, en un SRC en metros.</translation>
    </message>
    <message>
        <source>Polygons that have to be zoned, no less and no more. Without it, only holes between zones are gaps.</source>
        <translation>Polígonos que deben estar zonificados, ni más ni menos. Sin ellos, solo los huecos entre zonas son vacíos.</translation>
    </message>
    <message>
        <source>Check the zones in force on this day (zones_on) as one plan.</source>
        <translation>Revisa como un solo plan las zonas vigentes en esta fecha.</translation>
    </message>
    <message>
        <source>Instead of the shipped ones.</source>
        <translation>Catálogo propio junto a los incluidos.</translation>
    </message>
    <message>
        <source>Least distances between zones, instead of the shipped illustrative ones: adjacency.distances.</source>
        <translation>Distancias mínimas entre zonas, en lugar de las incluidas, que son ilustrativas.</translation>
    </message>
    <message>
        <source>Gaps and overlaps thinner than this, m, are slivers; thinner than 1 mm they are rounding.</source>
        <translation>Los vacíos y superposiciones más delgados que esto, en m, son astillas; por debajo de 1 mm son redondeo.</translation>
    </message>
    <message>
        <source>Return the zones in force on a day; where plans cover the same land, the last approved holds.</source>
        <translation>Obtiene las zonas vigentes en una fecha; donde varios planes cubren el mismo terreno rige el último aprobado.</translation>
    </message>
    <message>
        <source>Table ``zones``, of one or several plans.</source>
        <translation>Tabla de zonas, de uno o varios planes.</translation>
    </message>
    <message>
        <source>The day.</source>
        <translation>La fecha.</translation>
    </message>
    <message>
        <source>Pieces thinner than this, m, that a later plan leaves of an earlier zone are dropped.</source>
        <translation>Se descartan los pedazos más delgados que esto, en m, que un plan posterior deja de una zona anterior.</translation>
    </message>
    <message>
        <source>Return how many dwellings and inhabitants zones have room for, counted in three ways.</source>
        <translation>Obtiene cuántas viviendas y habitantes caben en las zonas, contados de tres maneras.</translation>
    </message>
    <message>
        <source>Table ``zones`` of one plan: ``catalogue``, ``code``; optional ``density_class``, ``net_density`` (persons/ha) and ``min_area`` (m2). Polygons in metres that do not overlap.</source>
        <translation>Tabla de zonas de un plan: catalogue, code; opcionales density_class, net_density (hab/ha) y min_area (m²). Polígonos en metros que no se superponen.</translation>
    </message>
    <message>
        <source>Table ``lot_zones``: ``zone_id``, ``area`` (m2); lots in no zone do not count, nor do remnants where there is a column ``kind``.</source>
        <translation>Tabla de lotes por zona: zone_id, area (m²); no cuentan los lotes sin zona ni los remanentes si hay una columna kind.</translation>
    </message>
    <message>
        <source>How many, above 0; their products are cut to whole numbers in each zone.</source>
        <translation>Cuántas, más de 0; sus productos se cortan a enteros en cada zona.</translation>
    </message>
    <message>
        <source>Share of the area of zones that is land of lots, above 0 to 1. Without it the lots laid out are measured, and lots are needed.</source>
        <translation>Parte del área de las zonas que es terreno de lotes, más de 0 y hasta 1. Sin ella se miden los lotes trazados, que entonces hacen falta.</translation>
    </message>
    <message>
        <source>Instead of those shipped.</source>
        <translation>Catálogo propio junto a los incluidos.</translation>
    </message>
    <message>
        <source>``"zone"`` for a row each, or any column of zones, such as ``"code"`` or ``"phase"``.</source>
        <translation>«zone» para una fila por zona, o una columna de las zonas, como code o phase.</translation>
    </message>
    <message>
        <source>Return the zones whose lots would hold more people than their net density allows.</source>
        <translation>Obtiene las zonas cuyos lotes alojarían más gente que la que permite su densidad neta.</translation>
    </message>
    <message>
        <source>Table ``zones``, as for capacity.</source>
        <translation>Tabla de zonas, como en «Capacidad de las zonas».</translation>
    </message>
    <message>
        <source>Table ``lot_zones``, as for capacity.</source>
        <translation>Tabla de lotes por zona, como en «Capacidad de las zonas».</translation>
    </message>
    <message>
        <source>How many, above 0.</source>
        <translation>Cuántas, más de 0.</translation>
    </message>
    <message>
        <source>Return in which year each area is to be opened: the least shortage of lots, at the least cost.</source>
        <translation>Obtiene en qué año debe abrirse cada área: la menor falta de lotes, al menor costo.</translation>
    </message>
    <message>
        <source>Polygons in a CRS in metres, with unique ids. Optional columns: ``lots`` (else terms needs lots_per_ha), ``cost`` (USD of the year of opening, all in all), ``ready`` (first year in which it can be opened), ``after`` (ids of areas that have to be open before or in the same year, joined by ``;``), ``distance`` (m to services).</source>
        <translation>Polígonos en un SRC en metros, con códigos únicos. Columnas opcionales: lots (si no, hacen falta los lotes por hectárea), cost (USD del año de apertura), ready (primer año en que puede abrirse), after (códigos de áreas que deben abrirse antes o el mismo año, separados por «;»), distance (m a los servicios).</translation>
    </message>
    <message>
        <source>Lots needed by year, as demand_series gives them (column ``lots``), or lots by year.</source>
        <translation>Lotes necesarios por año, en la columna lots.</translation>
    </message>
    <message>
        <source>Money for each lot of an area, USD; not used where areas have a column ``cost``.</source>
        <translation>Costo por cada lote de un área, USD; no se usa si las áreas tienen la columna cost.</translation>
    </message>
    <message>
        <source>Money for each metre from the area to the nearest service, USD.</source>
        <translation>Costo por cada metro del área al servicio más cercano, USD.</translation>
    </message>
    <message>
        <source>Share by which money is worth less each year.</source>
        <translation>Proporción en que el dinero vale menos cada año.</translation>
    </message>
    <message>
        <source>Lots for each hectare of area, where areas have no column ``lots``.</source>
        <translation>Lotes por hectárea, si las áreas no tienen la columna lots.</translation>
    </message>
    <message>
        <source>Most areas that can be opened in one year (crews).</source>
        <translation>Máximo de áreas que pueden abrirse en un año (cuadrillas).</translation>
    </message>
    <message>
        <source>Most lots, and most money (USD), a year; what one year does not use the next ones may.</source>
        <translation>Máximo de lotes y de dinero (USD) por año; lo que un año no usa queda para los siguientes.</translation>
    </message>
    <message>
        <source>What one lot short for one year costs, USD. None: shortage is made least before cost is.</source>
        <translation>Lo que cuesta que falte un lote durante un año, USD. Si no se indica, primero se reduce la falta y luego el costo.</translation>
    </message>
    <message>
        <source>Lots there are before the first year.</source>
        <translation>Lotes que hay antes del primer año.</translation>
    </message>
    <message>
        <source>What there is of mains, collectors or taps, in the CRS of areas: gives ``distance`` where areas have no such column.</source>
        <translation>Redes principales, colectores o piletas existentes, en el SRC de las áreas: dan la distancia si las áreas no tienen esa columna.</translation>
    </message>
    <message>
        <source>Greedy opens the cheapest lots that can be had when demand asks for them. It also stands in where time does not suffice for a better order.</source>
        <translation>«Voraz» abre los lotes más baratos disponibles cuando la demanda los pide. También se usa si el tiempo no alcanza para un orden mejor.</translation>
    </message>
    <message>
        <source>Seconds for the integer programme.</source>
        <translation>Segundos para el programa entero.</translation>
    </message>
    <message>
        <source>Draw the strips that norms ask for along lines and round polygons, as one table.</source>
        <translation>Dibuja las fajas que las normas piden junto a líneas y alrededor de polígonos, en una sola tabla.</translation>
    </message>
    <message>
        <source>shore, railway, ravine, river, power_line, airport, industry, fault, occupation, monument; or one of your own, which needs a reason.</source>
        <translation>shore (ribera del mar), railway (ferrocarril), ravine (quebrada), river (río), power_line (línea eléctrica), airport (aeropuerto), industry (industria), fault (falla), occupation (ocupación), monument (monumento); o una propia, que necesita un motivo.</translation>
    </message>
    <message>
        <source>Its lines, polygons or points. The shore is the line of high tide, or the sea.</source>
        <translation>Sus líneas, polígonos o puntos. La ribera es la línea de alta marea, o el mar.</translation>
    </message>
    <message>
        <source>Width in place of that of the norm: metres; a column of layer that has them; or the id of a norm, such as ``"easements.railway_claim"``. Measured as the kind is: on each side of lines and round polygons; across both sides of a power line; inland from the shore.</source>
        <translation>Ancho en lugar del de la norma: metros, una columna de la capa que los tiene, o el código de una norma, como easements.railway_claim. Se mide según la clase: a cada lado de líneas y alrededor de polígonos; ambos lados juntos en una línea eléctrica; tierra adentro desde la ribera.</translation>
    </message>
    <message>
        <source>Column that has the class of each feature, or the class of all: kind of bank of rivers and ravines (``bank``), voltage of power lines (``kv``), class of industry (``class``).</source>
        <translation>Columna que tiene la clase de cada objeto, o la clase de todos: tipo de cauce de ríos y quebradas (bank), tensión de líneas eléctricas (kv), clase de industria (class).</translation>
    </message>
    <message>
        <source>What it does to building, or the column that tells.</source>
        <translation>Qué efecto tiene sobre la edificación.</translation>
    </message>
    <message>
        <source>Why and by which norm, or the columns that tell. A reason in two languages is written ``"Spanish / English"``. Columns named ``reason``, ``article`` and ``effect`` are taken unasked.</source>
        <translation>Por qué y según qué norma, o las columnas que lo dicen. Un motivo en dos idiomas se escribe «español / inglés». Las columnas reason, article y effect se toman sin pedirlas.</translation>
    </message>
    <message>
        <source>Of a shore: lines or polygons of cliffs, hills and streets, which end its restricted zone: what lies behind them, seen from the nearest point of the shore, is free.</source>
        <translation>De una ribera: líneas o polígonos de acantilados, cerros y vías que terminan su zona restringida; lo que queda detrás, visto desde el punto más cercano de la ribera, está libre.</translation>
    </message>
    <message>
        <source>Of a shore: polygons of land that was private before the law, where there is no restricted zone.</source>
        <translation>De una ribera: polígonos de terreno que era privado antes de la ley, donde no hay zona restringida.</translation>
    </message>
    <message>
        <source>What to call the layer in ids and messages; its kind by default.</source>
        <translation>Cómo llamar a la capa en códigos y mensajes; por defecto, su clase.</translation>
    </message>
    <message>
        <source>Polygons; strips end at them. A shore given as a line needs it: it tells where the land is.</source>
        <translation>Polígonos; las fajas terminan en ellos. Una ribera dada como línea los necesita: dicen dónde está la tierra.</translation>
    </message>
    <message>
        <source>Return the land of a site that may be built on, and the land lost with the reasons.</source>
        <translation>Obtiene el terreno de un sitio que puede edificarse y el que se pierde, con los motivos.</translation>
    </message>
    <message>
        <source>Polygons of any shape, with holes and in several parts, in a CRS in metres; where they overlap they are one.</source>
        <translation>Polígonos de cualquier forma, con huecos y en varias partes, en un SRC en metros; donde se superponen son uno solo.</translation>
    </message>
    <message>
        <source>Table ``constraints``, or any polygons in the CRS of site with a ``reason`` (text) and perhaps an ``article`` and an ``effect``, ``"forbid"`` or ``"limit"``. Those that forbid take land, and those without an effect. Where several lie on each other, the reason that comes first in the table is the first.</source>
        <translation>Tabla de restricciones, o polígonos en el SRC del sitio con reason (motivo) y quizá article y effect: forbid (prohíbe) o limit (condiciona). Quitan terreno las que prohíben y las que no tienen efecto. Donde hay varias, el primer motivo es el que está antes en la tabla.</translation>
    </message>
    <message>
        <source>Pieces of land below this size, m2, that constraints leave are lost too, for the reason of the loss beside them.</source>
        <translation>Los pedazos menores que esto, en m², que dejan las restricciones también se pierden, por el motivo de la pérdida contigua.</translation>
    </message>
    <message>
        <source>Whether land is parted where constraints limit what may be built.</source>
        <translation>Si el terreno se parte donde las restricciones condicionan lo que se puede edificar.</translation>
    </message>
    <message>
        <source>Return the hillsides of a site as constraints.</source>
        <translation>Obtiene las laderas de un sitio como restricciones.</translation>
    </message>
    <message>
        <source>Heights in m, with their CRS; ``io.read_elevation(path, site)`` gives those of a site.</source>
        <translation>Altitudes en m, con su SRC.</translation>
    </message>
    <message>
        <source>Polygons in the CRS of the heights; hillsides end at them.</source>
        <translation>Polígonos en el SRC de las altitudes; las laderas terminan en ellos.</translation>
    </message>
    <message>
        <source>Slope in place of that of the norm; 0.3 is 30 %.</source>
        <translation>Pendiente en lugar de la que da la norma; 0.3 es 30 %.</translation>
    </message>
    <message>
        <source>What a hillside does to building; ``"limit"`` as in ``slope.toml``.</source>
        <translation>Efecto de una ladera sobre la edificación; por defecto la condiciona.</translation>
    </message>
    <message>
        <source>Return the share of land that each holder has, as indicators.</source>
        <translation>Obtiene la parte del terreno que tiene cada titular, como indicadores.</translation>
    </message>
    <message>
        <source>Polygons, such as the land fit for building that buildable returns, in a CRS in metres.</source>
        <translation>Polígonos, como el terreno edificable, en un SRC en metros.</translation>
    </message>
    <message>
        <source>Polygons in the CRS of land, with the column that holder names: industry, state, municipal, private, community, their Spanish words, or any of your own.</source>
        <translation>Polígonos en el SRC del terreno, con la columna que nombra al titular: industria, estado, municipal, privado, comunidad u otros propios.</translation>
    </message>
    <message>
        <source>The column.</source>
        <translation>La columna.</translation>
    </message>
    <message>
        <source>Return the square cells of a grid whose middle lies in a site.</source>
        <translation>Obtiene las celdas cuadradas de una cuadrícula cuyo centro está en un sitio.</translation>
    </message>
    <message>
        <source>Polygons in metres.</source>
        <translation>Polígonos en metros.</translation>
    </message>
    <message>
        <source>Side of a cell, m. Cells begin at whole multiples of it, so that those of two sites fit.</source>
        <translation>Lado de una celda, en m. Las celdas empiezan en múltiplos enteros de él, de modo que las de dos sitios encajan.</translation>
    </message>
    <message>
        <source>Return how fit land is: sum of weight times value of each factor, over the sum of weights.</source>
        <translation>Obtiene la aptitud del terreno: suma de peso por valor de cada factor, entre la suma de pesos.</translation>
    </message>
    <message>
        <source>Polygons in metres, with an index of ids: lots, blocks, zones, or the cells of cells.</source>
        <translation>Polígonos en metros, con códigos: lotes, manzanas, zonas o celdas.</translation>
    </message>
    <message>
        <source>What counts, and how much: suitability_factors.</source>
        <translation>Archivo TOML de lo que cuenta y cuánto; por defecto, los factores incluidos, que son un ejemplo.</translation>
    </message>
    <message>
        <source>Layers that factors name, in the CRS of units.</source>
        <translation>Capas que los factores nombran, en el SRC de las unidades.</translation>
    </message>
    <message>
        <source>Heights, where slope is a factor.</source>
        <translation>Altitudes, si la pendiente es un factor.</translation>
    </message>
    <message>
        <source>Table ``constraints``; those that forbid building exclude units.</source>
        <translation>Tabla de restricciones; las que prohíben edificar excluyen unidades.</translation>
    </message>
    <message>
        <source>Share of a unit that may be forbidden before it is excluded; 0 excludes at any share.</source>
        <translation>Parte de una unidad que puede estar prohibida antes de excluirla; con 0 se excluye por cualquier parte.</translation>
    </message>
    <message>
        <source>Cut zones along the borders of areas, such as the phases of growth.</source>
        <translation>Corta zonas por los límites de áreas, como las etapas de crecimiento.</translation>
    </message>
    <message>
        <source>Polygons in metres with an index of ids.</source>
        <translation>Polígonos en metros con sus códigos.</translation>
    </message>
    <message>
        <source>Polygons in the CRS of zones that do not overlap, with column.</source>
        <translation>Polígonos en el SRC de las zonas que no se superponen, con la columna indicada.</translation>
    </message>
    <message>
        <source>What to take over from the areas.</source>
        <translation>Qué se toma de las áreas.</translation>
    </message>
    <message>
        <source>Cut the shoreline where occupants and pieces of seafront begin and end, with the state of each part.</source>
        <translation>Corta la línea de costa donde empiezan y terminan ocupantes y partes del malecón, con el estado de cada tramo.</translation>
    </message>
    <message>
        <source>LineStrings in a CRS in metres; several lines are measured each for itself.</source>
        <translation>Líneas en un SRC en metros; si son varias, cada una se mide aparte.</translation>
    </message>
    <message>
        <source>Table ``occupants``: ids as index, polygons.</source>
        <translation>Tabla de ocupantes: polígonos con su código.</translation>
    </message>
    <message>
        <source>Table ``occupant_states`` of a day: ids of occupants as index, ``step``. Those it does not have are there.</source>
        <translation>Tabla de estados de los ocupantes en una fecha: código del ocupante y step. Los que no figuran siguen allí.</translation>
    </message>
    <message>
        <source>Table ``seafront``; pieces with an ``end`` until on are in use.</source>
        <translation>Tabla del malecón; las partes con fecha end hasta la fecha indicada están en uso.</translation>
    </message>
    <message>
        <source>How far from the shore land still fronts it, m.</source>
        <translation>Hasta qué distancia de la ribera el terreno tiene frente a ella, en m.</translation>
    </message>
    <message>
        <source>Day that pieces of seafront are in use on; without it all with an ``end`` are.</source>
        <translation>Fecha en que se mira qué partes del malecón están en uso; sin ella, todas las que tienen end.</translation>
    </message>
    <message>
        <source>Hold a seafront, or land that was freed, against the rules of the shore on the day of the norms.</source>
        <translation>Compara un malecón, o terreno liberado, con las reglas de la ribera en la fecha de las normas.</translation>
    </message>
    <message>
        <source>Table ``seafront``, or any land with a column ``use``; polygons in a CRS in metres. Land without that column, such as that of occupants who left, has no use yet: what of it lies in the public strip is told.</source>
        <translation>Tabla del malecón, o cualquier terreno con la columna use; polígonos en un SRC en metros. El terreno sin esa columna, como el de los ocupantes que se fueron, aún no tiene uso: se informa cuánto está en la faja pública.</translation>
    </message>
    <message>
        <source>LineStrings of high tide, with all of the land behind them.</source>
        <translation>Líneas de alta marea, con todo el terreno que queda detrás.</translation>
    </message>
    <message>
        <source>Streets, paths and stairs; those that come within the public strip reach the beach, each at the place nearest to it. Without them ways to the beach are not checked, and that is told.</source>
        <translation>Calles, senderos y escaleras; los que entran en la faja pública llegan a la playa, cada uno en su lugar más cercano. Sin ellos no se revisan los accesos a la playa, y se informa.</translation>
    </message>
    <message>
        <source>Tracks, as lines, or the land of the railway.</source>
        <translation>Vías férreas, como líneas, o el terreno del ferrocarril.</translation>
    </message>
    <message>
        <source>Cliffs and streets that end the restricted zone; see ilo_gis.site.Source.</source>
        <translation>Acantilados y vías que terminan la zona restringida.</translation>
    </message>
    <message>
        <source>Land that was private before the law.</source>
        <translation>Terreno que era privado antes de la ley.</translation>
    </message>
    <message>
        <source>Uses that have buildings; by default housing, city hall and culture (``kinds.toml``). Add ``"tourism"`` where that means hotels and not a beach.</source>
        <translation>Usos que tienen edificios; por defecto vivienda, municipalidad y cultura. Añada tourism si se trata de hoteles y no de una playa.</translation>
    </message>
    <message>
        <source>Return groups of adjoining lots, one begun in each block: where neighbours could stay neighbours.</source>
        <translation>Obtiene grupos de lotes contiguos, uno por manzana: donde los vecinos podrían seguir siendo vecinos.</translation>
    </message>
    <message>
        <source>Table ``lots`` of a plan, in metres. Remnants are left out.</source>
        <translation>Tabla de lotes de un plan, en metros. Se omiten los remanentes.</translation>
    </message>
    <message>
        <source>Lots of a group at least, from 1 on.</source>
        <translation>Número mínimo de lotes de un grupo, desde 1.</translation>
    </message>
    <message>
        <source>Land of a group at least, m2: as many more lots as it takes.</source>
        <translation>Terreno mínimo de un grupo, en m²: tantos lotes más como haga falta.</translation>
    </message>
    <message>
        <source>Lots that cannot be had: allotted, or reserved for others.</source>
        <translation>Lotes que no están disponibles: adjudicados o reservados para otros.</translation>
    </message>
    <message>
        <source>Lots up to this far from each other adjoin, m: the width of a street.</source>
        <translation>Los lotes separados hasta esta distancia, en m, son contiguos: el ancho de una vía.</translation>
    </message>
    <message>
        <source>What the lots may be used for; None means anything.</source>
        <translation>Para qué pueden usarse los lotes; si no se indica, para todo.</translation>
    </message>
    <message>
        <source>Return who goes where: as few households without a place as can be, then others, then the least cost.</source>
        <translation>Obtiene quién va a dónde: los menos hogares posibles sin lugar, luego los demás, luego el menor costo.</translation>
    </message>
    <message>
        <source>Table ``occupants``, in a CRS in metres.</source>
        <translation>Tabla de ocupantes, en un SRC en metros.</translation>
    </message>
    <message>
        <source>Table ``receiving_sites``, in the same CRS.</source>
        <translation>Tabla de lugares de destino, en el mismo SRC.</translation>
    </message>
    <message>
        <source>Needs and weights; by default those of usual_needs, an example.</source>
        <translation>Archivo TOML de necesidades y pesos; por defecto, los incluidos, que son un ejemplo.</translation>
    </message>
    <message>
        <source>What a count is that the source leaves open: 60 residents are 60 households, or 12 of five persons.</source>
        <translation>Qué es un número que la fuente deja abierto: 60 residentes son 60 hogares, o 12 de cinco personas.</translation>
    </message>
    <message>
        <source>The shore, where somebody needs it near.</source>
        <translation>La ribera, si alguien la necesita cerca.</translation>
    </message>
    <message>
        <source>Where people work, with ``occupant_id``; by default where they are.</source>
        <translation>Dónde trabaja la gente, con occupant_id; por defecto, donde está.</translation>
    </message>
    <message>
        <source>Whether to look for the best as if nobody had been told where to go. By default what was told stands: an occupant goes to its ``receiving_id``, if that will do, and nobody else goes there.</source>
        <translation>Si se busca lo mejor como si a nadie se le hubiera dicho a dónde ir. Por defecto se respeta lo dicho: el ocupante va a su receiving_id, si sirve, y nadie más va allí.</translation>
    </message>
    <message>
        <source>Return earliest and latest dates of tasks from their durations and dependencies (critical path method).</source>
        <translation>Obtiene las fechas más tempranas y más tardías de las tareas por sus duraciones y dependencias (ruta crítica).</translation>
    </message>
    <message>
        <source>Table ``tasks``: ``kind``, ``duration`` (days), ``depends`` (ids joined by ``;``), ``earliest``, ``started``, ``done`` (dates), indexed by ``task_id`` or with a column of that name.</source>
        <translation>Tabla de tareas: kind, duration (días), depends (códigos separados por «;»), earliest, started, done (fechas), con su task_id.</translation>
    </message>
    <message>
        <source>First day of the programme.</source>
        <translation>Primer día del programa.</translation>
    </message>
    <message>
        <source>Days that durations and floats are counted in: a name that calendars lists, such as ``"working_days"``, or a calendar of your own. All days without one. Dates are days of work.</source>
        <translation>Días en que se cuentan duraciones y holguras: un calendario por su nombre, como working_days (días hábiles). Sin él, todos los días.</translation>
    </message>
    <message>
        <source>Day of the state of things: what was begun or done later is not known yet. Without one all dates that the tasks have count.</source>
        <translation>Fecha de la situación: lo que empezó o terminó después aún no se sabe. Sin ella cuentan todas las fechas de las tareas.</translation>
    </message>
    <message>
        <source>Return the step that each occupant has reached on a day.</source>
        <translation>Obtiene el paso al que ha llegado cada ocupante en una fecha.</translation>
    </message>
    <message>
        <source>Table ``moves``: events with ``occupant_id``, ``step``, ``date`` and, where one takes another back, ``takes_back``.</source>
        <translation>Tabla de traslados: eventos con occupant_id, step, date y, si uno anula a otro, takes_back.</translation>
    </message>
    <message>
        <source>The day; events of the day count.</source>
        <translation>La fecha; los eventos de ese día cuentan.</translation>
    </message>
    <message>
        <source>Check the tables of a programme against each other.</source>
        <translation>Revisa las tablas de un programa de reubicación unas contra otras.</translation>
    </message>
    <message>
        <source>Table ``occupants``.</source>
        <translation>Tabla de ocupantes.</translation>
    </message>
    <message>
        <source>Tables of these names; read_tables makes them from any files.</source>
        <translation>Tablas con estos nombres.</translation>
    </message>
    <message>
        <source>Table ``seafront``: when the works began.</source>
        <translation>Tabla del malecón: cuándo empezaron las obras.</translation>
    </message>
    <message>
        <source>Day of the check: later events are left alone, and it tells what is overdue. By default the last day of any event.</source>
        <translation>Fecha de la revisión: no se miran eventos posteriores, y se informa lo vencido. Por defecto, el último día de cualquier evento.</translation>
    </message>
    <message>
        <source>Land of all occupants as the source gives it, m2.</source>
        <translation>Terreno de todos los ocupantes según la fuente, en m².</translation>
    </message>
    <message>
        <source>Return how far each relocation is on a day, one row an occupant; status adds them up.</source>
        <translation>Obtiene cuánto ha avanzado cada reubicación en una fecha, una fila por ocupante.</translation>
    </message>
    <message>
        <source>Tables of these names.</source>
        <translation>Tablas con estos nombres.</translation>
    </message>
    <message>
        <source>Table ``seafront``, in the CRS of occupants; it tells the stage of the works.</source>
        <translation>Tabla del malecón, en el SRC de los ocupantes; dice la etapa de las obras.</translation>
    </message>
    <message>
        <source>What a count is whose source may mean either (``count_of`` unclear).</source>
        <translation>Qué es un número que la fuente deja abierto (count_of sin aclarar).</translation>
    </message>
    <message>
        <source>By default that of usual_needs, an example.</source>
        <translation>Por defecto, el de las necesidades incluidas, que son un ejemplo.</translation>
    </message>
    <message>
        <source>Return the street land in front of each block, and what paving it costs.</source>
        <translation>Obtiene el área de vía frente a cada manzana y lo que cuesta pavimentarla.</translation>
    </message>
    <message>
        <source>Table ``blocks``: polygons with unique ids in a CRS in metres.</source>
        <translation>Tabla de manzanas: polígonos con códigos únicos en un SRC en metros.</translation>
    </message>
    <message>
        <source>Street land (polygons), such as table ``streets``, in the CRS of blocks.</source>
        <translation>Área de vías (polígonos), como la tabla de vías, en el SRC de las manzanas.</translation>
    </message>
    <message>
        <source>Of paving, USD/m2: ``norms.load("pe")["paving.usual"].value["cost"]``.</source>
        <translation>Costo de pavimentar, USD/m².</translation>
    </message>
    <message>
        <source>Table ``lots`` with ``block_id``, to tell the cost of each lot; remnants are not counted.</source>
        <translation>Tabla de lotes con block_id, para dar el costo por lote; no se cuentan los remanentes.</translation>
    </message>
    <message>
        <source>Share of the cost that the municipality pays; the community pays the rest.</source>
        <translation>Parte del costo que paga la municipalidad; el resto lo paga la comunidad.</translation>
    </message>
    <message>
        <source>Return a water network that passes in front of every lot.</source>
        <translation>Obtiene una red de agua potable que pasa frente a cada lote.</translation>
    </message>
    <message>
        <source>Table ``lots``, or any polygons with unique ids; remnants are left out.</source>
        <translation>Tabla de lotes, o cualquier polígono con código único; se omiten los remanentes.</translation>
    </message>
    <message>
        <source>Centre lines, as dirty as they come, in the CRS of lots.</source>
        <translation>Ejes de vía, tal como vengan, en el SRC de los lotes.</translation>
    </message>
    <message>
        <source>Tank or connection, one point.</source>
        <translation>Reservorio o empalme: un punto.</translation>
    </message>
    <message>
        <source>Water a person a day, l.</source>
        <translation>Agua por persona al día, en litros.</translation>
    </message>
    <message>
        <source>Peak hour over the mean of the day: the factor of the day times that of the hour.</source>
        <translation>Hora punta sobre el promedio del día: el factor del día por el de la hora.</translation>
    </message>
    <message>
        <source>Pipes from the narrowest: inner diameter in mm, cost laid in USD a metre.</source>
        <translation>Tuberías desde la más angosta: diámetro interior en mm y costo instalado en USD por metro.</translation>
    </message>
    <message>
        <source>Greatest length of a pipe between nodes, m.</source>
        <translation>Longitud máxima de una tubería entre nodos, en m.</translation>
    </message>
    <message>
        <source>Greatest distance from a lot to the centre line of its street, m.</source>
        <translation>Distancia máxima de un lote al eje de su vía, en m.</translation>
    </message>
    <message>
        <source>C of Hazen and Williams.</source>
        <translation>C de Hazen y Williams.</translation>
    </message>
    <message>
        <source>In m/s, at peak flow.</source>
        <translation>En m/s, con caudal punta.</translation>
    </message>
    <message>
        <source>Least at peak flow, greatest at rest, in m of water over the ground.</source>
        <translation>La menor con caudal punta y la mayor en reposo, en m de agua sobre el terreno.</translation>
    </message>
    <message>
        <source>Height of the water level over the ground at the source, m, where no head is given.</source>
        <translation>Altura del nivel de agua sobre el terreno en la fuente, en m, si no se da la carga.</translation>
    </message>
    <message>
        <source>Shares of the way from the source that count when mains look for their way, from 0 (the shortest tree) to 1 (shortest ways from the source): each is tried, and the cheapest network kept.</source>
        <translation>Partes del recorrido desde la fuente que cuentan al buscar el camino de las tuberías, de 0 (el árbol más corto) a 1 (los caminos más cortos desde la fuente): se prueba cada una y se conserva la red más barata.</translation>
    </message>
    <message>
        <source>Heights of the ground, from ilo_gis.io.read_elevation. Without them no pressure is told.</source>
        <translation>Altitudes del terreno. Sin ellas no se informa la presión.</translation>
    </message>
    <message>
        <source>Height of the water level at the source, m; by default that of the tank of the terms over the ground.</source>
        <translation>Altitud del nivel de agua en la fuente, en m; por defecto, la del reservorio sobre el terreno.</translation>
    </message>
    <message>
        <source>Greatest gap of the centre lines to mend, m.</source>
        <translation>Mayor separación de los ejes que se corrige, en m.</translation>
    </message>
    <message>
        <source>Return a sewer that passes in front of every lot and falls to an outfall.</source>
        <translation>Obtiene un alcantarillado que pasa frente a cada lote y desciende hasta un punto de descarga.</translation>
    </message>
    <message>
        <source>Plant, or manhole of a collector that is there already, one point.</source>
        <translation>Planta, o buzón de un colector existente: un punto.</translation>
    </message>
    <message>
        <source>Sewage a person a day, l.</source>
        <translation>Desagüe por persona al día, en litros.</translation>
    </message>
    <message>
        <source>Greatest distance between manholes, m: that of the narrowest pipe.</source>
        <translation>Distancia máxima entre buzones, en m: la de la tubería más angosta.</translation>
    </message>
    <message>
        <source>n of Manning.</source>
        <translation>n de Manning.</translation>
    </message>
    <message>
        <source>Flow that every sewer is reckoned with at least, l/s.</source>
        <translation>Caudal mínimo con que se calcula todo tramo, l/s.</translation>
    </message>
    <message>
        <source>Greatest depth of water over the diameter.</source>
        <translation>Mayor tirante de agua sobre el diámetro.</translation>
    </message>
    <message>
        <source>Least tractive stress, Pa.</source>
        <translation>Tensión tractiva mínima, Pa.</translation>
    </message>
    <message>
        <source>Least slope: the factor over the flow in l/s to the power.</source>
        <translation>Pendiente mínima: el factor por el caudal en l/s elevado a la potencia.</translation>
    </message>
    <message>
        <source>Least cover over the pipe; greatest depth of its bottom, m.</source>
        <translation>Recubrimiento mínimo sobre la tubería y mayor profundidad de su fondo, en m.</translation>
    </message>
    <message>
        <source>Cost of the trench, USD/m3; how much wider than the pipe it is, m.</source>
        <translation>Costo de la zanja, USD/m³, y cuánto más ancha es que la tubería, en m.</translation>
    </message>
    <message>
        <source>Cost of a manhole, of each metre of its depth, and of a pumping station, USD.</source>
        <translation>Costo de un buzón, de cada metro de su profundidad y de una estación de bombeo, USD.</translation>
    </message>
    <message>
        <source>Metres of detour that a metre of added depth is worth: each is tried, and the cheapest sewer kept.</source>
        <translation>Metros de rodeo que vale un metro más de profundidad: se prueba cada uno y se conserva el alcantarillado más barato.</translation>
    </message>
    <message>
        <source>Heights of the ground, from ilo_gis.io.read_elevation. Without them gravity is not checked, and a finding says so.</source>
        <translation>Altitudes del terreno. Sin ellas no se revisa el flujo por gravedad, y un hallazgo lo dice.</translation>
    </message>
    <message>
        <source>Return the fewest public taps that serve all lots within a walk, and of those the nearest ones.</source>
        <translation>Obtiene el menor número de piletas públicas que sirven a todos los lotes dentro de una caminata y, de esas, las más cercanas.</translation>
    </message>
    <message>
        <source>Polygons in a CRS in metres, table ``lots``: ``block_id`` and ``kind`` are used where there are such columns; remnants are left out.</source>
        <translation>Polígonos en un SRC en metros, tabla de lotes: se usan block_id y kind donde existen; se omiten los remanentes.</translation>
    </message>
    <message>
        <source>Centre lines that meet where streets meet, such as table ``street_lines``.</source>
        <translation>Ejes que se unen donde se unen las vías, como la tabla de ejes de vía.</translation>
    </message>
    <message>
        <source>Most households a tap.</source>
        <translation>Máximo de hogares por pileta.</translation>
    </message>
    <message>
        <source>Longest way from the front of a lot to its tap along the streets, m.</source>
        <translation>Camino más largo del frente de un lote a su pileta por las vías, en m.</translation>
    </message>
    <message>
        <source>Persons in each household.</source>
        <translation>Personas por hogar.</translation>
    </message>
    <message>
        <source>What the Sphere handbook holds taps to: most persons a tap at a flow (l/min), water a person a day (l), and the longest way (m).</source>
        <translation>Lo que el manual Esfera exige: máximo de personas por pileta con un caudal (l/min), agua por persona al día (l) y el camino más largo (m).</translation>
    </message>
    <message>
        <source>Hours a day in which water is fetched.</source>
        <translation>Horas al día en que se recoge agua.</translation>
    </message>
    <message>
        <source>How far the tap stands before the lot line, m.</source>
        <translation>A qué distancia delante del lindero está la pileta, en m.</translation>
    </message>
    <message>
        <source>Greatest distance from the front of a lot to the centre line of its street, m; a lot farther away is told.</source>
        <translation>Distancia máxima del frente de un lote al eje de su vía, en m; se informa de los lotes más lejanos.</translation>
    </message>
    <message>
        <source>Households on each lot, or the column of lots that tells; lots with none need no tap.</source>
        <translation>Hogares por lote, o la columna de los lotes que lo dice; los que no tienen ninguno no necesitan pileta.</translation>
    </message>
    <message>
        <source>Polygons before which taps can stand too.</source>
        <translation>Polígonos delante de los cuales también puede haber piletas.</translation>
    </message>
    <message>
        <source>Return the corner of each lot in which the latrine is to stand, and why.</source>
        <translation>Obtiene la esquina de cada lote donde debe ir la letrina, y por qué.</translation>
    </message>
    <message>
        <source>Polygons in a CRS in metres, table ``lots``; remnants are left out.</source>
        <translation>Polígonos en un SRC en metros, tabla de lotes; se omiten los remanentes.</translation>
    </message>
    <message>
        <source>Centre lines of the streets that lots front.</source>
        <translation>Ejes de las vías a las que dan los lotes.</translation>
    </message>
    <message>
        <source>Least distance to a house, m.</source>
        <translation>Distancia mínima a una casa, en m.</translation>
    </message>
    <message>
        <source>Distance to a well or other source of water that is advised, and the least of all, m.</source>
        <translation>Distancia recomendada a un pozo u otra fuente de agua, y la menor admisible, en m.</translation>
    </message>
    <message>
        <source>Width of the pit, and room between it and the lot line, m.</source>
        <translation>Ancho del hoyo y espacio entre él y el lindero, en m.</translation>
    </message>
    <message>
        <source>Least fall from the latrine to the line of the future sewer, as a share of the distance.</source>
        <translation>Desnivel mínimo de la letrina a la línea del futuro desagüe, como parte de la distancia.</translation>
    </message>
    <message>
        <source>How deep the future sewer lies below the ground at its line, m.</source>
        <translation>Profundidad del futuro desagüe en su línea, en m.</translation>
    </message>
    <message>
        <source>Lines of the future sewer; by default the centre lines of the streets.</source>
        <translation>Líneas del futuro desagüe; por defecto, los ejes de vía.</translation>
    </message>
    <message>
        <source>Heights of the ground, m; without, nothing is said of the fall.</source>
        <translation>Altitudes del terreno, en m; sin ellas nada se dice del desnivel.</translation>
    </message>
    <message>
        <source>Wells and other sources of water. Public taps are piped water and no source.</source>
        <translation>Pozos y otras fuentes de agua. Las piletas públicas son agua entubada y no cuentan.</translation>
    </message>
    <message>
        <source>Polygons of houses that stand already. Without, a house may stand anywhere on a lot.</source>
        <translation>Polígonos de casas existentes. Sin ellos, la casa puede estar en cualquier parte del lote.</translation>
    </message>
    <message>
        <source>Tell which design fits which lot.</source>
        <translation>Dice qué diseño cabe en qué lote.</translation>
    </message>
    <message>
        <source>Table ``lots`` with ``area``, ``depth``, ``frontage`` or ``frontage_main``, ``corner``, and where lots are meant for commerce a column ``commercial``; remnants are left out.</source>
        <translation>Tabla de lotes con area, depth, frontage o frontage_main, corner y, si hay lotes para comercio, la columna commercial; se omiten los remanentes.</translation>
    </message>
    <message>
        <source>What winning_designs returns; by default that.</source>
        <translation>Tabla de diseños; por defecto, los ganadores del concurso.</translation>
    </message>
    <message>
        <source>Rank those who may get a lot by points, ties in a stated order.</source>
        <translation>Ordena por puntaje a quienes pueden recibir un lote, con los empates en un orden declarado.</translation>
    </message>
    <message>
        <source>Table ``eligibility`` of all these applicants.</source>
        <translation>Tabla de calificación de todos estos postulantes.</translation>
    </message>
    <message>
        <source>Published weights (points); by default the example that ilo_gis ships.</source>
        <translation>Archivo TOML de puntajes publicados; por defecto, el ejemplo incluido.</translation>
    </message>
    <message>
        <source>Day of the ranking: years of residence count up to it.</source>
        <translation>Fecha de la lista: los años de residencia cuentan hasta ella.</translation>
    </message>
    <message>
        <source>What parts those who have as many points, in place of the ties of the weights: columns of applicants or households, with a minus where more comes first, and ``ticket``.</source>
        <translation>Qué desempata a quienes tienen igual puntaje, en lugar de los desempates de los puntajes: columnas de postulantes u hogares, con un signo menos donde más va primero, y ticket (sorteo).</translation>
    </message>
    <message>
        <source>Text that seeds the tickets; needed where ties are left that only a draw parts.</source>
        <translation>Texto del que salen los números del sorteo; hace falta si quedan empates que solo un sorteo resuelve.</translation>
    </message>
    <message>
        <source>Give lots to applicants, by draw or by rank and preference.</source>
        <translation>Adjudica lotes a postulantes, por sorteo o por puesto y preferencia.</translation>
    </message>
    <message>
        <source>Table ``lots``, in metres; remnants are never given.</source>
        <translation>Tabla de lotes, en metros; los remanentes nunca se adjudican.</translation>
    </message>
    <message>
        <source>Table ``ranking``: who may get a lot, in which order, with ``preferences`` and ``group``.</source>
        <translation>Tabla de la lista: quién puede recibir un lote y en qué orden, con preferences y group.</translation>
    </message>
    <message>
        <source>How lots are given.</source>
        <translation>Cómo se adjudican los lotes.</translation>
    </message>
    <message>
        <source>Text that seeds the tickets, published with the list.</source>
        <translation>Texto del que salen los números del sorteo, publicado con la lista.</translation>
    </message>
    <message>
        <source>Day on which the lots are given.</source>
        <translation>Fecha de la adjudicación.</translation>
    </message>
    <message>
        <source>Number of the record or resolution; no names.</source>
        <translation>Número del acta o resolución; sin nombres de personas.</translation>
    </message>
    <message>
        <source>Lots that cannot be given: ids, or the table ``lot_states`` of the day, which tells who holds one too.</source>
        <translation>Lotes que no pueden adjudicarse: la tabla de estados de los lotes de la fecha, que también dice quién tiene uno.</translation>
    </message>
    <message>
        <source>Whether neighbours of a group stay together on adjoining lots of one block. A group takes its turn once, with all its members; where no block has room, it gets the free lots that are nearest, and a finding; a group for which there are not lots enough waits.</source>
        <translation>Si los vecinos de un grupo siguen juntos en lotes contiguos de una manzana. Un grupo tiene un solo turno, con todos sus miembros; si ninguna manzana alcanza, recibe los lotes libres más cercanos, con un hallazgo; un grupo para el que no hay lotes suficientes espera.</translation>
    </message>
    <message>
        <source>Whether the ranking says who gets a lot, or the draw does among all.</source>
        <translation>Si la lista decide quién recibe un lote, o lo decide el sorteo entre todos.</translation>
    </message>
    <message>
        <source>Order of the lots: by their own tickets, or by id as plain text.</source>
        <translation>Orden de los lotes: por su propio número de sorteo o por código.</translation>
    </message>
    <message>
        <source>Member of a group at whose place the group takes its turn.</source>
        <translation>Miembro del grupo en cuyo puesto el grupo tiene su turno.</translation>
    </message>
    <message>
        <source>When the draw was held, as the record should tell it; ilo_gis has no clock of its own.</source>
        <translation>Cuándo se hizo el sorteo, tal como debe constar en el acta.</translation>
    </message>
    <message>
        <source>Return the stage of each lot on a day, and the household that holds it.</source>
        <translation>Obtiene la etapa de cada lote en una fecha y el hogar que lo tiene.</translation>
    </message>
    <message>
        <source>Table ``lot_events``.</source>
        <translation>Tabla de eventos de lotes.</translation>
    </message>
    <message>
        <source>Table ``lots``: then every lot is told, and an event of another lot does not count. Remnants are no lots. Without it the lots are those that events name.</source>
        <translation>Tabla de lotes: con ella se informan todos, y no cuenta un evento de otro lote. Los remanentes no son lotes. Sin ella, los lotes son los que nombran los eventos.</translation>
    </message>
    <message>
        <source>Tables, as for check_events: then events whose guards were not met do not count. Works need lots.</source>
        <translation>Tablas, como en «Revisar eventos»: con ellas no cuentan los eventos cuyas condiciones no se cumplían. Las obras necesitan los lotes.</translation>
    </message>
    <message>
        <source>By default those of stage_rules.</source>
        <translation>Archivo TOML de reglas; por defecto, las incluidas.</translation>
    </message>
    <message>
        <source>Name every event that breaks a rule; such events do not count for the state of a lot.</source>
        <translation>Nombra cada evento que incumple una regla; esos eventos no cuentan para el estado del lote.</translation>
    </message>
    <message>
        <source>Table ``lot_events``; values that cannot be read are found, not refused.</source>
        <translation>Tabla de eventos de lotes; los valores que no se pueden leer se informan.</translation>
    </message>
    <message>
        <source>Table ``lots``. Without it every lot that an event names exists.</source>
        <translation>Tabla de lotes. Sin ella existe todo lote que un evento nombra.</translation>
    </message>
    <message>
        <source>Table ``works``: then guards on works and finance are held to the day of each event. Needs lots.</source>
        <translation>Tabla de obras: con ella se revisan las condiciones de obras y financiamiento en la fecha de cada evento. Necesita los lotes.</translation>
    </message>
    <message>
        <source>Table ``accounts``: then guards on fees are held.</source>
        <translation>Tabla de cuentas: con ella se revisan las condiciones de pagos.</translation>
    </message>
    <message>
        <source>Table ``payments``: with accounts, the day since which a fee is paid is that of its last payment.</source>
        <translation>Tabla de pagos: con las cuentas, un derecho está pagado desde su último pago.</translation>
    </message>
    <message>
        <source>Today: later events are errors.</source>
        <translation>Hoy: los eventos posteriores son errores.</translation>
    </message>
    <message>
        <source>Return each lot with its stage and the state of each of its services: the layer that maps show.</source>
        <translation>Obtiene cada lote con su etapa y el estado de cada servicio: la capa que muestran los mapas.</translation>
    </message>
    <message>
        <source>Table ``lots``, polygons in a CRS in metres; remnants are left out.</source>
        <translation>Tabla de lotes, polígonos en un SRC en metros; se omiten los remanentes.</translation>
    </message>
    <message>
        <source>Table ``lot_states`` of the day; lots that are not in it are free.</source>
        <translation>Tabla de estados de los lotes en la fecha; los que no figuran están libres.</translation>
    </message>
    <message>
        <source>Table ``works``.</source>
        <translation>Tabla de obras.</translation>
    </message>
    <message>
        <source>Count the lots that have each service on a day, and those for which it is under way or planned.</source>
        <translation>Cuenta los lotes que tienen cada servicio en una fecha, y los que lo tienen en obra o previsto.</translation>
    </message>
    <message>
        <source>Table ``lots``; remnants do not count. Areas are told by ``extension_area``.</source>
        <translation>Tabla de lotes; no cuentan los remanentes. Las áreas se indican en extension_area.</translation>
    </message>
    <message>
        <source>What is told: the whole, each area, each block.</source>
        <translation>Qué se informa: programme (el conjunto), area (cada área), block (cada manzana).</translation>
    </message>
    <message>
        <source>Forecast the titles of each month, for lots that somebody holds on a day.</source>
        <translation>Pronostica los títulos de cada mes, para los lotes que alguien tiene en una fecha.</translation>
    </message>
    <message>
        <source>Table ``lots``; events of others, and of remnants, do not count.</source>
        <translation>Tabla de lotes; no cuentan los eventos de otros ni de remanentes.</translation>
    </message>
    <message>
        <source>Day of the report: nothing after it is looked at.</source>
        <translation>Fecha del informe: no se mira nada posterior.</translation>
    </message>
    <message>
        <source>How many months, the first one from the day after on.</source>
        <translation>Cuántos meses; el primero empieza el día siguiente a la fecha.</translation>
    </message>
    <message>
        <source>Share of cases that should lie in the interval.</source>
        <translation>Parte de los casos que debe quedar en el intervalo.</translation>
    </message>
    <message>
        <source>Of the draws; the same seed gives the same table.</source>
        <translation>Semilla de los sorteos; la misma da la misma tabla.</translation>
    </message>
    <message>
        <source>How many times the future is drawn.</source>
        <translation>Cuántas veces se sortea el futuro.</translation>
    </message>
    <message>
        <source>What is drawn with replacement: waves, the lots of an extension area that were allotted in one month and get their services together; blocks; or single lots. The larger the groups that go on together in truth, the more too narrow is an interval from smaller ones.</source>
        <translation>Qué se sortea con reposición: tandas, los lotes de un área que se adjudicaron en un mismo mes y reciben juntos sus servicios; manzanas; o lotes sueltos. Cuanto mayores son los grupos que en verdad avanzan juntos, más estrecho de lo debido es el intervalo que dan grupos menores.</translation>
    </message>
    <message>
        <source>checking lots</source>
        <translation>revisando lotes</translation>
    </message>
    <message>
        <source>measuring reserves</source>
        <translation>midiendo aportes</translation>
    </message>
    <message>
        <source>reading the plan</source>
        <translation>leyendo el plan</translation>
    </message>
    <message>
        <source>searching street patterns</source>
        <translation>buscando trazados de vías</translation>
    </message>
    <message>
        <source>cutting the lots of the Pampa</source>
        <translation>lotizando la Pampa</translation>
    </message>
    <message>
        <source>reading seafront and PROMUVI</source>
        <translation>leyendo el frente marítimo y PROMUVI</translation>
    </message>
    <message>
        <source>writing the project</source>
        <translation>escribiendo el proyecto</translation>
    </message>
    <message>
        <source>comparing</source>
        <translation>comparando</translation>
    </message>
</context>
</TS>
