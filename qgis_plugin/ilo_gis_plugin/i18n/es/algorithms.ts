<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>IloGis</name>
    <message>
        <source>A layer does not serve.</source>
        <translation>Una capa no sirve.</translation>
    </message>
    <message>
        <source>A parameter or a file does not serve.</source>
        <translation>Un parámetro o un archivo no sirve.</translation>
    </message>
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
        <translation>{} avisos</translation>
    </message>
    <message>
        <source>{} notes</source>
        <translation>{} notas</translation>
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
        <translation>Número de lotes</translation>
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
        <translation>Tasa de descuento anual</translation>
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
        <translation>Déficit de lotes</translation>
    </message>
    <message>
        <source>Shortage bound</source>
        <translation>Cota del déficit</translation>
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
        <translation>Déficit con método voraz</translation>
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
        <translation>Usos con edificación</translation>
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
        <translation>Coeficiente de máxima demanda</translation>
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
        <translation>Nivel de agua en la fuente (m)</translation>
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
        <source>Share of the land that is kept for public use, or shares by kind, such as ``{"recreation": 0.08, "education": 0.02, "other": 0.03}``. A single share is recreation. By default 0: a brief of a rule alone requires no reserves, whatever the norms ask; Brief.from_norms takes theirs. The land is the site less collectors and larger roads.</source>
        <translation>Parte del terreno que se reserva como aporte, por clase: recreation (recreación pública), parks_zonal (parques zonales), education (educación), other (otros fines); por ejemplo, recreation 0.08. Si queda vacío, rigen los aportes de las normas. El terreno es el del sitio menos las vías colectoras y mayores.</translation>
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
        <translation>Obtiene en qué año debe abrirse cada área: el menor déficit de lotes, al menor costo.</translation>
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
        <translation>Proporción en que el dinero pierde valor cada año.</translation>
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
        <translation>Lo que cuesta que falte un lote durante un año, USD. Si no se indica, primero se reduce el déficit y luego el costo.</translation>
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
        <translation>Caudal máximo horario sobre el promedio: el coeficiente de variación diaria por el horario.</translation>
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
        <translation>Altura del nivel de agua sobre el terreno en la fuente, en m, si no se indica su altitud.</translation>
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
    <message>
        <source>A street runs one lot inside the edge of the land, with lots along the edge; within it rows of blocks, two lots deep, follow a direction that is searched, or an edge that bends, or the contours. Cross streets part the rows into blocks, passages lead from the street along the edge to what lies outside. Reserves are placed on purpose, then all other blocks are cut into lots.</source>
        <translation>Una vía corre a un lote de distancia del borde del terreno, con lotes a lo largo de ese borde; adentro, filas de manzanas de dos lotes de fondo siguen una dirección que se busca, un borde que se curva o las curvas de nivel. Las vías transversales dividen las filas en manzanas, y los pasajes unen la vía del borde con lo que queda afuera. Los aportes se ubican a propósito; luego todas las demás manzanas se lotizan.</translation>
    </message>
    <message>
        <source>Table ``streets``: street land. Together with blocks it covers the site exactly.</source>
        <translation>Área de vías. Junto con las manzanas cubre el terreno exactamente.</translation>
    </message>
    <message>
        <source>Main columns</source>
        <translation>Columnas principales</translation>
    </message>
    <message>
        <source>Table ``street_lines``: the cleaned centre lines.</source>
        <translation>Ejes de vía ya corregidos.</translation>
    </message>
    <message>
        <source>Table ``reserves``: blocks kept for public use.</source>
        <translation>Manzanas que se reservan para uso público.</translation>
    </message>
    <message>
        <source>Table ``lots``: lots and remnants. Together with reserves they cover the blocks exactly.</source>
        <translation>Lotes y remanentes. Junto con los aportes cubren las manzanas exactamente.</translation>
    </message>
    <message>
        <source>Table ``findings``: what is wrong or worth knowing.</source>
        <translation>Lo que está mal o conviene saber.</translation>
    </message>
    <message>
        <source>Table ``summary``: the area table (cuadro de áreas).</source>
        <translation>El cuadro de áreas.</translation>
    </message>
    <message>
        <source>Table ``indicators``: figures of the plan with their targets; empty if nobody asked for them.</source>
        <translation>Cifras del plan con sus metas; vacía si nadie las pidió.</translation>
    </message>
    <message>
        <source>Table ``losses``: land of the site that is not for building, with the reason.</source>
        <translation>Terreno del sitio que no se puede edificar, con el motivo.</translation>
    </message>
    <message>
        <source>Table ``lineage``: which lot came from which, after a change to a plan.</source>
        <translation>Qué lote salió de cuál, después de un cambio del plan.</translation>
    </message>
    <message>
        <source>Entrances</source>
        <translation>Empalmes con la ciudad</translation>
    </message>
    <message>
        <source>the best place is found; streets to join tell where</source>
        <translation>se busca el mejor lugar; las vías con las que hay que empalmar lo indican</translation>
    </message>
    <message>
        <source>Parks</source>
        <translation>Parques</translation>
    </message>
    <message>
        <source>those of the norms hold</source>
        <translation>rigen los requisitos de las normas</translation>
    </message>
    <message>
        <source>weights of several aims, in place of one</source>
        <translation>varias preferencias con sus pesos, en lugar de una</translation>
    </message>
    <message>
        <source>a line of points, in place of an azimuth</source>
        <translation>una línea de puntos, en lugar de un azimut</translation>
    </message>
    <message>
        <source>RNE GH.020 (streets, blocks, reserves) and TH.010 (lots, shares of reserves). J. López Follegatti, "Ilo: a city in transformation", Environment and Urbanization, 1999: streets, blocks, reserves and lots of the Pampa Inalámbrica were laid out before the families came.</source>
        <translation>RNE GH.020 (vías, manzanas, aportes) y TH.010 (lotes, porcentajes de aportes). J. López Follegatti, «Ilo: a city in transformation», Environment and Urbanization, 1999: las vías, manzanas, aportes y lotes de la Pampa Inalámbrica se trazaron antes de que llegaran las familias.</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Resultados</translation>
    </message>
    <message>
        <source>Only from Python</source>
        <translation>Solo desde Python</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Fuentes</translation>
    </message>
    <message>
        <source>Street options</source>
        <translation>Opciones de vías</translation>
    </message>
    <message>
        <source>layout_streets has them one by one</source>
        <translation>«Trazar vías y manzanas» las tiene una por una</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>Procesos</translation>
    </message>
    <message>
        <source>other processes would each start a QGIS</source>
        <translation>cada proceso adicional abriría otro QGIS</translation>
    </message>
    <message>
        <source>the norms tell it</source>
        <translation>lo dicen las normas</translation>
    </message>
    <message>
        <source>several rules, which the column ``rule`` of the zones names</source>
        <translation>varias reglas, que nombra la columna rule de las zonas</translation>
    </message>
    <message>
        <source>Table ``findings``: dirt met in the lines, and slivers.</source>
        <translation>Defectos de dibujo hallados en los ejes, y astillas.</translation>
    </message>
    <message>
        <source>a width for each class of street</source>
        <translation>un ancho para cada clase de vía</translation>
    </message>
    <message>
        <source>RNE GH.020, articles 8 to 10 (sections of streets) and 16 (blocks).</source>
        <translation>RNE GH.020, artículos 8 a 10 (secciones de vía) y 16 (manzanas).</translation>
    </message>
    <message>
        <source>Table ``blocks``: area (m2), perimeter, length and width (m), from north to south.</source>
        <translation>Manzanas con área (m²), perímetro, largo y ancho (m), de norte a sur.</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Opciones</translation>
    </message>
    <message>
        <source>Table ``blocks``: the same blocks in reading order.</source>
        <translation>Las mismas manzanas en orden de lectura.</translation>
    </message>
    <message>
        <source>RNE GH.020, articles 51 and 52: blocks are named by letters and lots by numbers, both running.</source>
        <translation>RNE GH.020, artículos 51 y 52: las manzanas se nombran con letras y los lotes con números, ambos correlativos.</translation>
    </message>
    <message>
        <source>Table ``reserves``: index ``reserve_id``; ``block_id``, ``kind``, ``area`` (m2), and the whole block as geometry, so that no sliver is left between a park and its streets.</source>
        <translation>Código reserve_id; block_id, kind (clase), area (m²) y la manzana entera como geometría, para que no quede una astilla entre el parque y sus vías.</translation>
    </message>
    <message>
        <source>RNE TH.010, article 10: land that a development gives for recreation, education and other uses.</source>
        <translation>RNE TH.010, artículo 10: terreno que una habilitación entrega para recreación, educación y otros fines.</translation>
    </message>
    <message>
        <source>Lots stand in rows along the streets, with side lines square to them; the backs of two rows meet on the straight skeleton of the block. A sharp corner goes whole to the longer of its two streets. Each row holds as many lots as the rule allows, all about as generous. Land that cannot be part of a legal lot is a row of kind ``"remnant"`` with the reason: it is never hidden in a bad lot.</source>
        <translation>Los lotes van en filas a lo largo de las vías, con linderos laterales perpendiculares a ellas; los fondos de dos filas se encuentran en el esqueleto recto de la manzana. Una esquina aguda va entera a la más larga de sus dos vías. Cada fila tiene tantos lotes como permite la regla, todos de tamaño parecido. El terreno que no puede ser parte de un lote legal queda como fila de clase «remnant» (remanente) con su motivo: nunca se esconde en un lote defectuoso.</translation>
    </message>
    <message>
        <source>Table ``lots``: index ``lot_id`` (``"K-12"``; remnants ``"K-R1"``), ``block_id``, ``number``, ``kind``, ``reason`` and ``use`` of a remnant, areas on the grid and on the ellipsoid (m2), fronts, depths, width and perimeter (m), ``ratio``, ``corner``, the neighbours on the right, on the left and at the back, ``rule``, and one valid Polygon (tables.describe). Lots and remnants of a block cover it exactly.</source>
        <translation>Código lot_id («K-12»; los remanentes, «K-R1»), block_id, number, kind, reason y use de un remanente, áreas en la cuadrícula y en el elipsoide (m²), frentes, fondos, ancho y perímetro (m), ratio (fondo/ancho), corner (esquina), colindantes por la derecha, la izquierda y el fondo, rule, y un polígono válido. Los lotes y remanentes de una manzana la cubren exactamente.</translation>
    </message>
    <message>
        <source>several rules, which the column ``rule`` of the blocks names</source>
        <translation>varias reglas, que nombra la columna rule de las manzanas</translation>
    </message>
    <message>
        <source>RNE TH.010, article 9 (areas and fronts of lots). O. Aichholzer et al., "A novel type of skeleton for polygons", J. UCS 1(12), 1995 (straight skeleton).</source>
        <translation>RNE TH.010, artículo 9 (áreas y frentes de lotes). O. Aichholzer y otros, «A novel type of skeleton for polygons», J. UCS 1(12), 1995 (esqueleto recto).</translation>
    </message>
    <message>
        <source>The main front is the longest stretch on a street without a turn of more than 30 degrees. Right, back and left follow counter-clockwise, so right is on the right hand of who enters. They meet at corners, turns to the left of more than 30 degrees: the far right corner lies farthest in the direction half-way between inwards and right, the far left one half-way between inwards and left. Where there is one corner, as in a triangle, there is no back. The second street of a corner lot is a right or left side, that of a through lot the back. A side along several neighbours has several rows.</source>
        <translation>El frente principal es el tramo más largo sobre una vía sin un giro mayor de 30 grados. Derecha, fondo e izquierda siguen en sentido antihorario, de modo que la derecha está a la mano derecha de quien entra. Se encuentran en esquinas, que son giros a la izquierda de más de 30 grados: la esquina derecha del fondo es la más alejada en la dirección media entre el interior y la derecha, y la izquierda, entre el interior y la izquierda. Donde hay una sola, como en un triángulo, no hay fondo. La segunda vía de un lote en esquina es lado derecho o izquierdo; la de un lote con dos frentes opuestos, el fondo. Un lado con varios colindantes tiene varias filas.</translation>
    </message>
    <message>
        <source>Table ``lot_sides``: index ``side_id``, ``lot_id``, ``side``, ``order``, ``length`` (m), ``segments``, ``azimuth`` (degrees from grid north), ``neighbour_kind``, ``neighbour``, LineString.</source>
        <translation>Código side_id, lot_id, side (lado), order (orden), length (m), segments (segmentos), azimuth (grados desde el norte de cuadrícula), neighbour_kind y neighbour (colindante), con su línea.</translation>
    </message>
    <message>
        <source>Reglamento de Inscripciones del Registro de Predios (Res. 097-2013-SUNARP/SN): area, linderos y medidas perimétricas of a lot that becomes independent.</source>
        <translation>Reglamento de Inscripciones del Registro de Predios (Res. 097-2013-SUNARP/SN): área, linderos y medidas perimétricas de un lote que se independiza.</translation>
    </message>
    <message>
        <source>P1 is the most north-western vertex of its ring, the one whose northing less easting is greatest; of two, the more northern one. The others follow clockwise, those of holes counter-clockwise, so that the land lies on the right. Every vertex is listed, those on a straight line too: take them out before (shapely.simplify) where they do not matter.</source>
        <translation>P1 es el vértice más al noroeste de su anillo, aquel cuyo norte menos este es mayor; de dos, el que está más al norte. Los demás siguen en sentido horario, y los de los huecos en sentido antihorario, de modo que el terreno queda a la derecha. Se listan todos los vértices, también los que están sobre una recta: quítelos antes (Simplificar) si no interesan.</translation>
    </message>
    <message>
        <source>Table ``vertices``: index ``vertex_id`` (such as A/P1; in hole 1, A/1/P1), ``polygon``, ``ring``, ``vertex``, ``side``, ``distance`` (m, to the next vertex), ``azimuth`` and ``angle`` (degrees), ``easting``, ``northing`` (m), Point; polygons in the order of their ids.</source>
        <translation>Código vertex_id (como A/P1; en el hueco 1, A/1/P1), polygon, ring, vertex, side, distance (m, hasta el vértice siguiente), azimuth y angle (grados), easting y northing (m), con su punto; los polígonos en el orden de sus códigos.</translation>
    </message>
    <message>
        <source>Directiva DI-005-2020-SUNARP on plans in digital and graphic form (from memory): UTM coordinates of the vertices, sides and inner angles. ISO 19152: the boundary face strings of a spatial unit.</source>
        <translation>Directiva DI-005-2020-SUNARP sobre planos en formato digital y gráfico (citada de memoria): coordenadas UTM de los vértices, lados y ángulos internos. ISO 19152: cadenas de caras de lindero de una unidad espacial.</translation>
    </message>
    <message>
        <source>Each ring is walked from P1 by distances and angles alone, as on the ground.</source>
        <translation>Cada anillo se recorre desde P1 solo por distancias y ángulos, como en el terreno.</translation>
    </message>
    <message>
        <source>Table ``findings``: ``perimeter.angles`` (degrees), ``perimeter.closure`` and ``perimeter.side`` (m).</source>
        <translation>Reglas perimeter.angles (ángulos, grados), perimeter.closure (cierre) y perimeter.side (lado), en m.</translation>
    </message>
    <message>
        <source>P. R. Wolf and C. D. Ghilani, Elementary Surveying, chapter on traverse computations (from memory).</source>
        <translation>P. R. Wolf y C. D. Ghilani, Elementary Surveying, capítulo de cálculo de poligonales (citado de memoria).</translation>
    </message>
    <message>
        <source>Table ``findings``: ``block.geometry``, ``block.id``, ``block.length`` (a warning, in m: long side of the minimum rotated rectangle).</source>
        <translation>Reglas block.geometry (geometría), block.id (código) y block.length (longitud; un aviso, en m: lado largo del rectángulo mínimo girado).</translation>
    </message>
    <message>
        <source>RNE GH.020, article 15: vehicle crossings at least 40 m and at most 300 m apart.</source>
        <translation>RNE GH.020, artículo 15: cruces de vías vehiculares a no menos de 40 m ni más de 300 m entre sí.</translation>
    </message>
    <message>
        <source>Table ``street_lines`` with ``grade`` and ``grade_max`` as shares (0.12 is 12 %), NaN where the ground is not known all along the line. Grades are measured over half a cell of the raster or 5 m, whichever is more; climbs and descents count alike.</source>
        <translation>Ejes de vía con grade (pendiente media) y grade_max (la mayor) como proporciones (0.12 es 12 %), sin dato donde no se conoce el terreno en toda su longitud. Se miden sobre media celda del ráster o 5 m, lo que sea mayor; subidas y bajadas cuentan igual.</translation>
    </message>
    <message>
        <source>RNE GH.020: steepest carriageway.</source>
        <translation>RNE GH.020: pendiente máxima de la calzada.</translation>
    </message>
    <message>
        <source>A street is too steep (error) where it is steeper on average than a carriageway may be, or anywhere steeper than one may be where vehicles turn. A street that is between the two limits in part (warning) is for the planner to judge: the ground is measured, not the finished carriageway.</source>
        <translation>Una vía es demasiado empinada (error) si su pendiente media supera la permitida para una calzada, o si en algún punto supera la permitida donde giran los vehículos. Si en parte está entre ambos límites (aviso), decide el planificador: se mide el terreno, no la calzada terminada.</translation>
    </message>
    <message>
        <source>Table ``findings``: ``street.grade`` (error), ``street.grade_part`` (warning), both in %, and one ``street.grade_unknown`` (info) with the number of streets without a grade.</source>
        <translation>Reglas street.grade (error) y street.grade_part (aviso), ambas en %, y una street.grade_unknown (nota) con el número de vías sin pendiente conocida.</translation>
    </message>
    <message>
        <source>RNE GH.020: carriageways of 12 % at most, 15 % for at most 50 m where vehicles turn.</source>
        <translation>RNE GH.020: calzadas de 12 % como máximo, y 15 % en no más de 50 m donde giran los vehículos.</translation>
    </message>
    <message>
        <source>Table ``findings``: ``lot.id``, ``lot.geometry``, ``lot.overlap``, ``lot.access``, ``lot.min_area`` and ``lot.max_area`` (m2), ``lot.min_frontage`` and ``lot.min_width`` (m), ``lot.max_ratio``, ``block.cover`` (m2).</source>
        <translation>Reglas lot.id (código), lot.geometry (geometría), lot.overlap (superposición), lot.access (acceso), lot.min_area y lot.max_area (m²), lot.min_frontage y lot.min_width (m), lot.max_ratio (fondo/ancho) y block.cover (manzana no cubierta, m²).</translation>
    </message>
    <message>
        <source>several rules, which the column ``rule`` of the lots names</source>
        <translation>varias reglas, que nombra la columna rule de los lotes</translation>
    </message>
    <message>
        <source>RNE TH.010, article 9 (area and front); GH.020 (access of every lot to a public road).</source>
        <translation>RNE TH.010, artículo 9 (área y frente); GH.020 (acceso de todo lote a una vía pública).</translation>
    </message>
    <message>
        <source>Table ``summary``: index ``item``; ``count``, ``area`` and ``ellipsoidal_area`` (m2), ``share`` (% of the site).</source>
        <translation>Código item (concepto); count (número), area y ellipsoidal_area (m²), share (% del terreno).</translation>
    </message>
    <message>
        <source>Table ``lot_zones``, a row for each lot in the order of lots: ``zone_id``, ``code``, ``share`` (0 to 1), ``split``, ``parts`` (zones with shares, the largest first), ``area`` (m2). Of zones with equal shares (to nine digits) the one whose id comes first, as text, has the lot. A lot outside all zones has share 0, no zone, and is not split.</source>
        <translation>Una fila por lote, en el orden de los lotes: zone_id, code, share (0 a 1), split (partido), parts (zonas con sus partes, la mayor primero), area (m²). Entre zonas con partes iguales (hasta nueve cifras) el lote es de la que tiene el primer código, como texto. Un lote fuera de toda zona tiene share 0, ninguna zona, y no está partido.</translation>
    </message>
    <message>
        <source>Table ``findings``, with the act of the plan as article. Rules ``conformity.min_area`` and so on by parameter, ``conformity.use``, ``conformity.split``, ``conformity.outside``. A lot that misses an illustrative figure of a catalogue, or is older than its zone (a legal lot that no longer conforms, lote no conforme), is a warning; ``conformity.illustrative`` and ``conformity.prior`` say which those are.</source>
        <translation>Con la ordenanza del plan como artículo. Reglas conformity.min_area y similares por parámetro, conformity.use (uso), conformity.split (partido), conformity.outside (fuera de zona). Un lote que no cumple una cifra ilustrativa de un catálogo, o que es anterior a su zona (lote no conforme), es un aviso; conformity.illustrative y conformity.prior dicen cuáles son.</translation>
    </message>
    <message>
        <source>DS 022-2016-VIVIENDA: map, rules and index of uses together are the zoning.</source>
        <translation>DS 022-2016-VIVIENDA: el plano, el reglamento y el índice de usos juntos son la zonificación.</translation>
    </message>
    <message>
        <source>Land is given out as a transport problem (each block to the group with the nearest middle, shares being kept), the middles moved until they stay; then blocks at the seams change hands until every group is in one piece and has its share within one block. Where both cannot be had, the share comes first.</source>
        <translation>El terreno se reparte como un problema de transporte (cada manzana al grupo de centro más cercano, respetando las proporciones), y los centros se mueven hasta que se estabilizan; luego las manzanas de los límites cambian de grupo hasta que cada uno queda en una sola pieza y con su parte, con la exactitud de una manzana. Si no se pueden ambas cosas, prima la proporción.</translation>
    </message>
    <message>
        <source>Table ``land_shares``, with the index of blocks: ``group``, ``part`` (number of its contiguous part), ``lots``, ``value``, ``distance`` (m), ``locked``, ``reason`` and ``reason_es``, ``area`` (m2).</source>
        <translation>Una fila por manzana: group (grupo), part (número de su parte continua), lots, value, distance (m), locked (fija), reason y reason_es (motivo), area (m²).</translation>
    </message>
    <message>
        <source>groups by block: a dictionary</source>
        <translation>grupos por manzana: un diccionario</translation>
    </message>
    <message>
        <source>groups that tell how much services count for each</source>
        <translation>grupos que dicen cuánto pesan los servicios para cada uno</translation>
    </message>
    <message>
        <source>López Follegatti 1999, section II.c: the land of the Pampa went to private housing associations, government programmes (ENACE and FONAVI) and the municipal programme (PROMUVI). The method is that of Aurenhammer, Hoffmann and Aronov, "Minkowski-type theorems and least-squares clustering", 1998.</source>
        <translation>López Follegatti 1999, sección II.c: el terreno de la Pampa fue para asociaciones privadas de vivienda, programas del Estado (ENACE y FONAVI) y el programa municipal (PROMUVI). El método es el de Aurenhammer, Hoffmann y Aronov, «Minkowski-type theorems and least-squares clustering», 1998.</translation>
    </message>
    <message>
        <source>Land is held against itself plan by plan, and zones only against those that hold at the same time: a change of zoning does not overlap what it changed.</source>
        <translation>El terreno se compara consigo mismo plan por plan, y las zonas solo con las que rigen al mismo tiempo: un cambio de zonificación no se superpone a lo que cambió.</translation>
    </message>
    <message>
        <source>Table ``findings``; the geometry is where. Rules: ``zone.unknown_code``, ``zone.wrong_time``, ``zone.overlap``, ``zone.gap``, ``zone.outside`` (each with ``_sliver``), ``zone.parameter_range``, ``zone.parameter_unusual``, ``zone.coverage_and_free``, ``zone.adjacency``.</source>
        <translation>La geometría dice dónde. Reglas: zone.unknown_code (código desconocido), zone.wrong_time (fechas), zone.overlap (superposición), zone.gap (vacío), zone.outside (fuera del límite), cada una con _sliver si es una astilla; zone.parameter_range y zone.parameter_unusual (parámetros imposibles o inusuales), zone.coverage_and_free (cobertura y área libre), zone.adjacency (vecindad).</translation>
    </message>
    <message>
        <source>nested figures: the shipped ones hold</source>
        <translation>cifras anidadas: rigen las incluidas</translation>
    </message>
    <message>
        <source>DS 022-2016-VIVIENDA, article 101: codes of zones.</source>
        <translation>DS 022-2016-VIVIENDA, artículo 101: códigos de zonas.</translation>
    </message>
    <message>
        <source>A zone holds from ``since``, or from the day its plan was approved, until ``until``. A later plan takes the place of an earlier one only where it has zones: what it does not cover keeps its zone. Overlaps within one plan stay as they are: they are faults, which check_zoning names.</source>
        <translation>Una zona rige desde since, o desde el día en que se aprobó su plan, hasta until. Un plan posterior reemplaza a uno anterior solo donde tiene zonas: lo que no cubre conserva la suya. Las superposiciones dentro de un mismo plan quedan como están: son errores, que nombra «Revisar zonificación».</translation>
    </message>
    <message>
        <source>Table ``zones``: those rows of zones in their order, cut where a later plan lies on them; a zone cut in several pieces is one row a piece: ``Z-1.1``, ``Z-1.2``. ``area`` (m2) is that of the piece.</source>
        <translation>Las filas de las zonas vigentes, en su orden, cortadas donde un plan posterior las cubre; una zona cortada en varios pedazos tiene una fila por pedazo: Z-1.1, Z-1.2. area (m²) es la del pedazo.</translation>
    </message>
    <message>
        <source>Ilo: the plan of INADUR of 1983, adjusted in 1988 (S99 II.h), side by side.</source>
        <translation>Ilo: el plan de INADUR de 1983, ajustado en 1988 (López Follegatti 1999, II.h), uno junto al otro.</translation>
    </message>
    <message>
        <source>People live where a zone has a class of density or a net density, of its own or from the catalogue of its code. Net land is the land of lots: area times net_share, or the lots as they are.</source>
        <translation>Vive gente donde una zona tiene clase de densidad o densidad neta, propia o del catálogo de su código. El terreno neto es el de los lotes: el área por la parte neta, o los lotes tal como están.</translation>
    </message>
    <message>
        <source>1. By lots: floor(net land / least lot) lots in each zone, times dwellings, times persons. 2. By density: floor(net land x net density) inhabitants in each zone, the most that it allows. 3. Laid out: the lots that the plan has in each zone, times dwellings, times persons.</source>
        <translation>1. Por lotes: enteros de (terreno neto / lote mínimo) en cada zona, por viviendas y por personas. 2. Por densidad: enteros de (terreno neto × densidad neta) habitantes en cada zona, lo máximo que permite. 3. Según el trazado: los lotes que el plan tiene en cada zona, por viviendas y por personas.</translation>
    </message>
    <message>
        <source>Gross densities hold the same inhabitants against all land of the zones, streets, parks and zones where nobody lives included. A net density is higher: that of the lots alone.</source>
        <translation>Las densidades brutas refieren los mismos habitantes a todo el terreno de las zonas, incluidas vías, parques y zonas sin vivienda. La densidad neta es mayor: es la de los lotes solos.</translation>
    </message>
    <message>
        <source>Table ``capacity``, in the order of the groups' names. Figures are empty where no zone of the group gives them: ``no_density`` and ``no_min_area`` count the zones left out. Sums over groups are the same whatever zones are taken together by.</source>
        <translation>En el orden de los nombres de los grupos. Las cifras quedan vacías donde ninguna zona del grupo las da: no_density y no_min_area cuentan las zonas omitidas. La suma de los grupos es la misma se agrupe como se agrupe.</translation>
    </message>
    <message>
        <source>S99, II.c: Pampa Inalámbrica has room for more than 60,000 residents: 400 ha at 150 persons/ha gross. International: 150 persons/ha of UN-Habitat are gross too.</source>
        <translation>López Follegatti 1999, II.c: la Pampa Inalámbrica tiene sitio para más de 60 000 residentes: 400 ha a 150 hab/ha brutos. Los 150 hab/ha de ONU-Hábitat también son brutos.</translation>
    </message>
    <message>
        <source>The net land is that of the lots as they are laid out. Zones without a net density are not checked.</source>
        <translation>El terreno neto es el de los lotes tal como están trazados. Las zonas sin densidad neta no se revisan.</translation>
    </message>
    <message>
        <source>Table ``findings``, warnings ``zone.density``: persons allowed and persons laid out, by zone.</source>
        <translation>Avisos zone.density: personas permitidas y personas según el trazado, por zona.</translation>
    </message>
    <message>
        <source>Net densities are parameters of zones: the catalogues tell the source of each, and how sure it is.</source>
        <translation>Las densidades netas son parámetros de zonas: los catálogos dicen la fuente de cada una y qué tan segura es.</translation>
    </message>
    <message>
        <source>An integer programme (HiGHS through ``scipy.optimize.milp``) with one variable an area and year. An area opens once, whole, and its lots are there in that year. Too little land is no error: the balance tells the shortage year by year.</source>
        <translation>Un programa entero (HiGHS, por scipy.optimize.milp) con una variable por área y año. Un área se abre una sola vez, entera, y sus lotes están disponibles ese año. Que falte terreno no es error: el balance dice el déficit año por año.</translation>
    </message>
    <message>
        <source>Table ``phases``, in the order of opening; areas that are not opened last.</source>
        <translation>En el orden de apertura; al final, las áreas que no se abren.</translation>
    </message>
    <message>
        <source>Table ``phase_balance``: supply against demand by year.</source>
        <translation>Oferta y demanda por año.</translation>
    </message>
    <message>
        <source>How the order was found: "milp", or "greedy" where that was asked for or nothing better was found.</source>
        <translation>Cómo se halló el orden: «milp» (programa entero), o «greedy» (voraz) si se pidió o no se halló nada mejor.</translation>
    </message>
    <message>
        <source>Lot-years short; what no order can be below (where shortage has a price, 0).</source>
        <translation>Déficit en lotes-año, y el mínimo por debajo del cual no puede estar ningún orden (0 si el déficit tiene precio).</translation>
    </message>
    <message>
        <source>Cost in money of the first year, USD, with that of shortage where it has a price; what no order with as little shortage can be below.</source>
        <translation>Costo en dinero del primer año, USD, con el del déficit si tiene precio, y el mínimo por debajo del cual no puede estar ningún orden con un déficit tan bajo.</translation>
    </message>
    <message>
        <source>(objective - bound) / objective: 0 is the best order there is.</source>
        <translation>(costo − cota) / costo: 0 es el mejor orden posible.</translation>
    </message>
    <message>
        <source>The same of the plain rule: the cheapest lots that can be had, when demand asks for them.</source>
        <translation>Lo mismo con la regla simple: los lotes más baratos disponibles cuando la demanda los pide.</translation>
    </message>
    <message>
        <source>Balvín, López Follegatti and Hordijk 1996, section V: eight extension areas, 10,000 lots in seven years.</source>
        <translation>Balvín, López Follegatti y Hordijk 1996, sección V: ocho áreas de expansión, 10 000 lotes en siete años.</translation>
    </message>
    <message>
        <source>Table ``constraints``: ``kind``, ``reason``, ``rule`` (the norm that gives the width; empty where you gave it), ``article``, ``effect``, ``width`` (m), ``source``, ``confidence``, ``area`` (m2). One polygon each, named after the feature it is drawn from: ``ravine-12``, or ``ravine-12/1`` where it has several parts.</source>
        <translation>kind (clase), reason (motivo), rule (norma que da el ancho; vacía si lo dio usted), article, effect, width (m), source (fuente), confidence (certeza), area (m²). Un polígono por fila, con el código del objeto del que se dibuja: ravine-12, o ravine-12/1 si tiene varias partes.</translation>
    </message>
    <message>
        <source>Table ``findings``: norms not in force that day, widths that are not settled, features without a class or drawn twice, layers that do not reach the site.</source>
        <translation>Normas que no regían ese día, anchos por definir, objetos sin clase o dibujados dos veces, capas que no llegan al sitio.</translation>
    </message>
    <message>
        <source>Ley 26856 (beaches); Ley 29338, article 74 (river margins); CNE Suministro 2011, table 219 (power lines); DS 032-2005-MTC (railways).</source>
        <translation>Ley 26856 (playas); Ley 29338, artículo 74 (fajas marginales); CNE Suministro 2011, tabla 219 (líneas eléctricas); DS 032-2005-MTC (ferrocarriles).</translation>
    </message>
    <message>
        <source>Table ``land``: index ``land_id``; ``area`` (m2); ``limits``, the reasons of the constraints that limit building there, joined by "; ", empty where it is free. One polygon each, from north to south.</source>
        <translation>Código land_id; area (m²); limits, los motivos de las restricciones que condicionan la edificación allí, unidos por «; », vacío donde está libre. Un polígono por fila, de norte a sur.</translation>
    </message>
    <message>
        <source>Table ``losses``: ``reason``, ``reasons`` (all that hold, joined by "; "), ``article`` of the first, ``area`` (m2). Every lost m2 is in one row. Land and losses together are the site, and share their vertices.</source>
        <translation>reason (motivo), reasons (todos los que rigen, unidos por «; »), article del primero, area (m²). Cada m² perdido está en una sola fila. El terreno edificable y el perdido suman el sitio y comparten sus vértices.</translation>
    </message>
    <message>
        <source>RNE GH.010, article 4: land that may not be developed (risk, reserves, roads, river banks).</source>
        <translation>RNE GH.010, artículo 4: terrenos que no se pueden habilitar (riesgo, reservas, vías, riberas de ríos).</translation>
    </message>
    <message>
        <source>TH.050 tells how hillsides are developed and does not forbid it, so that they are land under conditions unless effect says otherwise.</source>
        <translation>La TH.050 dice cómo se habilitan las laderas y no lo prohíbe; por eso son terreno condicionado, salvo que se indique otro efecto.</translation>
    </message>
    <message>
        <source>Table ``constraints``, kind ``"slope"``, one polygon each from north to south; ``rule`` and ``source`` are empty where you gave the limit.</source>
        <translation>Clase «slope» (ladera), un polígono por fila de norte a sur; rule y source quedan vacías si la pendiente la dio usted.</translation>
    </message>
    <message>
        <source>RNE TH.050, hillsides: from memory, as the norm in the data says.</source>
        <translation>RNE TH.050, laderas: citada de memoria, como dice la norma en los datos.</translation>
    </message>
    <message>
        <source>Table ``indicators``, a row for each holder: ``held.industry`` and so on, in % of the area of the land; ``held.disputed``, land of two holders at once, which counts for both; and ``held.unknown``, land of nobody known. The last two only where there is such land.</source>
        <translation>Una fila por titular: held.industry y así sucesivamente, en % del área del terreno; held.disputed, terreno de dos titulares a la vez, que cuenta para ambos; y held.unknown, terreno sin titular conocido. Las dos últimas solo si hay tal terreno.</translation>
    </message>
    <message>
        <source>Balvín, López Follegatti and Hordijk 1996, sections II and V: industry held 70 % of the land at Ilo that was fit for urbanisation.</source>
        <translation>Balvín, López Follegatti y Hordijk 1996, secciones II y V: la industria tenía en Ilo el 70 % del terreno apto para urbanizar.</translation>
    </message>
    <message>
        <source>``unit_id`` such as ``"c2540-80470"`` (column and row of the grid), one Polygon each, from north to south.</source>
        <translation>unit_id como «c2540-80470» (columna y fila de la cuadrícula), un polígono por fila, de norte a sur.</translation>
    </message>
    <message>
        <source>Table ``suitability``, and two columns for each factor: its value (0 to 1) under its name, and what was measured under ``&lt;name&gt;_measured``. units keep their order.</source>
        <translation>Además, dos columnas por factor: su valor (0 a 1) con su nombre, y lo que se midió con el nombre seguido de _measured. Las unidades conservan su orden.</translation>
    </message>
    <message>
        <source>Weighted linear combination: J. Malczewski, GIS and multicriteria decision analysis, 1999.</source>
        <translation>Combinación lineal ponderada: J. Malczewski, GIS and multicriteria decision analysis, 1999.</translation>
    </message>
    <message>
        <source>Table ``zones``: a row for each zone and value, with the columns of the zone and column as text, which is missing where no area lies; ids such as ``"Z1/3"``, ``"Z1"`` outside all areas. No land is lost.</source>
        <translation>Una fila por zona y valor, con las columnas de la zona y la columna elegida como texto, que falta donde no hay área; códigos como «Z1/3», y «Z1» fuera de todas las áreas. No se pierde terreno.</translation>
    </message>
    <message>
        <source>An occupant fronts the shore from the first to the last place that is the nearest one to its land; land farther than reach does not count. A stretch is ``occupied`` while anybody fronts it, ``freed`` once all have left, ``open`` where nobody ever was, where all who were have been incorporated into the seafront, or where a piece of seafront is in use.</source>
        <translation>Un ocupante da a la ribera desde el primero hasta el último lugar cuyo terreno más cercano es el suyo; no cuenta el terreno más lejano que el alcance. Un tramo está ocupado (occupied) mientras alguien da a él, liberado (freed) cuando todos se fueron, y abierto (open) donde nunca hubo nadie, donde todos los que hubo se incorporaron al malecón o donde una parte del malecón está en uso.</translation>
    </message>
    <message>
        <source>Table ``stretches``, in order along the coast: ``line``, ``from_m``, ``to_m``, ``length`` (m), ``state``, ``occupants``, ``gone``, ``critical``, ``pieces``. Ends are whole millimetres; the lengths add up to that of the coast.</source>
        <translation>En orden a lo largo de la costa: line, from_m, to_m, length (m), state (estado), occupants, gone (se fueron), critical, pieces (partes del malecón). Los extremos son milímetros enteros; las longitudes suman la de la costa.</translation>
    </message>
    <message>
        <source>Between</source>
        <translation>Tramo de la costa</translation>
    </message>
    <message>
        <source>the layer of the coast can be clipped</source>
        <translation>recorte la capa de la costa</translation>
    </message>
    <message>
        <source>López Follegatti 1999, Ilo: a city in transformation, section II.d (three kilometres of coast).</source>
        <translation>López Follegatti 1999, «Ilo: a city in transformation», sección II.d (tres kilómetros de costa).</translation>
    </message>
    <message>
        <source>Buildings may not stand in the public strip of the beach (an error) nor in the restricted zone behind it (a warning: private land of before the law may); a public way has to reach the beach at least every so many metres; the railway has its zone, and the strip that its company claimed. Rules that were not in force on the day are told and not checked: those of 1994 knew no beach strip.</source>
        <translation>No puede haber edificios en la faja pública de la playa (error) ni en la zona restringida detrás de ella (aviso: sí puede haberlos en terreno privado anterior a la ley); debe llegar un acceso público a la playa cada cierto número de metros; el ferrocarril tiene su zona y la faja que reclamó su empresa. Las reglas que no regían ese día se mencionan y no se revisan: las de 1994 no conocían la faja de playa.</translation>
    </message>
    <message>
        <source>Table ``findings``. ``found`` is m2 of land in a strip, or m of shore without a way to it: the feature is then its beginning and its end in km along the coast, as ``0+350 – 1+720``.</source>
        <translation>found es el terreno en una faja, en m², o la ribera sin acceso, en m: entonces el objeto es su inicio y su fin en km a lo largo de la costa, como 0+350 – 1+720.</translation>
    </message>
    <message>
        <source>Ley 26856, articles 1 to 3 (beach strip, restricted zone, ways to the beach); DS 032-2005-MTC (railways); López Follegatti 1999, section III.d (20 m each side that the railway company claimed at Ilo).</source>
        <translation>Ley 26856, artículos 1 a 3 (faja de playa, zona restringida, accesos a la playa); DS 032-2005-MTC (ferrocarriles); López Follegatti 1999, sección III.d (20 m a cada lado que la empresa del ferrocarril reclamaba en Ilo).</translation>
    </message>
    <message>
        <source>A group is the lot that the block begins with and those nearest to it, as one walks from lot to lot; so it is always in one piece. Groups overlap: match uses no lot twice.</source>
        <translation>Un grupo es el lote con que empieza la manzana y los más cercanos a él, caminando de lote en lote; por eso siempre es continuo. Los grupos se superponen: «Asignar lugares de destino» no usa un lote dos veces.</translation>
    </message>
    <message>
        <source>Table ``receiving_sites``, named by first lot and number of lots (``K-1/12``): ``lots``, ``area`` (m2), ``capacity`` (a household a lot). Blocks from which no group can be had have none.</source>
        <translation>Con el nombre del primer lote y el número de lotes (K-1/12): lots, area (m²), capacity (un hogar por lote). Las manzanas de las que no sale un grupo no figuran.</translation>
    </message>
    <message>
        <source>A group of households goes to one site whole: adjoining lots are one site (adjoining_lots), and sites that have a lot in common are not both used. A site takes several where its capacity and land suffice; without a capacity it has a household a lot, and where that is unknown too no household goes there. Sites of unknown area or place take others, at a cost. What is allotted is for who is told to go there.</source>
        <translation>Un grupo de hogares va entero a un solo lugar: los lotes contiguos son un lugar («Lotes contiguos»), y no se usan dos lugares que comparten un lote. Un lugar recibe a varios si alcanzan su capacidad y su terreno; sin capacidad indicada tiene un hogar por lote, y si tampoco se conocen los lotes, no va allí ningún hogar. Los lugares de área o ubicación desconocida reciben a los demás, con un costo. Lo ya adjudicado es para quien tiene indicado ir allí.</translation>
    </message>
    <message>
        <source>Table ``matches``: who has a place, what it costs by part, and why.</source>
        <translation>Quién tiene lugar, lo que cuesta por partes, y por qué.</translation>
    </message>
    <message>
        <source>Table ``findings``: who has none, and what is missing; sites with a capacity below 0.</source>
        <translation>Quién no tiene lugar y qué falta; lugares con capacidad menor que 0.</translation>
    </message>
    <message>
        <source>"linear_sum_assignment" where each site takes one, "milp" where one may take several, sites share lots, or neighbours are to stay near each other. Both are exact; nothing is drawn by lot. Of several matchings at the least cost it is the one in which the first occupant by id has the first site by id, then the second, and so on.</source>
        <translation>«linear_sum_assignment» si cada lugar recibe a uno; «milp» (programa entero) si puede recibir a varios, si los lugares comparten lotes o si los vecinos deben quedar cerca. Ambos son exactos; nada se sortea. Entre varias asignaciones de igual costo mínimo, es aquella en que el primer ocupante por código tiene el primer lugar por código, luego el segundo, y así sucesivamente.</translation>
    </message>
    <message>
        <source>What counts are whose unit the source leaves open: households, or persons.</source>
        <translation>Qué son los números cuya unidad la fuente deja abierta: hogares o personas.</translation>
    </message>
    <message>
        <source>Sum of all costs.</source>
        <translation>Suma de todos los costos.</translation>
    </message>
    <message>
        <source>What the next best matching with places for the same occupants would cost more; 0 is a tie, NaN where there is none.</source>
        <translation>Cuánto más costaría la siguiente mejor asignación con lugar para los mismos ocupantes; 0 es un empate, y sin dato si no la hay.</translation>
    </message>
    <message>
        <source>Kuhn 1955 (assignment); Crouse 2016 (as scipy has it); HiGHS (integer programme). López Follegatti 1999, Table 3: La Picuda and the police went to Pampa Inalámbrica.</source>
        <translation>Kuhn 1955 (asignación); Crouse 2016 (el de scipy); HiGHS (programa entero). López Follegatti 1999, tabla 3: La Picuda y la policía fueron a la Pampa Inalámbrica.</translation>
    </message>
    <message>
        <source>A task begins when all it depends on is done, not before start, its ``earliest`` and, if it has not begun by then, not before on. It is done by the beginning of the day that lies its duration later: ten days from the 1st are done on the 11th, and what waits for them may begin on the 11th. What is done keeps its date. What should have been done by on and is not is done on on at the earliest. The float of a task is how much longer it may take before the end of the programme moves.</source>
        <translation>Una tarea empieza cuando termina todo aquello de lo que depende, no antes del inicio ni de su earliest y, si a la fecha de la situación no ha empezado, no antes de ella. Termina al comenzar el día que está a su duración de distancia: diez días desde el 1 terminan el 11, y lo que las espera puede empezar el 11. Lo terminado conserva su fecha. Lo que debió terminar a la fecha y no terminó, termina en ella como muy pronto. La holgura de una tarea es cuánto más puede tardar sin mover el fin del programa.</translation>
    </message>
    <message>
        <source>Table ``task_times``, by earliest start, then earliest finish, then id.</source>
        <translation>Por inicio más temprano, luego término más temprano, luego código.</translation>
    </message>
    <message>
        <source>Ids of the tasks on the longest path to the end, the first of its kind by id where there are several of the same length (then a finding says how many); empty once all is done.</source>
        <translation>Códigos de las tareas del camino más largo hasta el fin, el primero por código si hay varios de igual longitud (entonces un hallazgo dice cuántos); vacío cuando todo está terminado.</translation>
    </message>
    <message>
        <source>End of the programme; NaT without tasks.</source>
        <translation>Fin del programa; sin dato si no hay tareas.</translation>
    </message>
    <message>
        <source>Table ``findings``: tasks that are left out and why, tasks out of order, ties.</source>
        <translation>Tareas que se omiten y por qué, tareas fuera de orden, empates.</translation>
    </message>
    <message>
        <source>Name of the calendar; ``"own"`` for one that was given as such.</source>
        <translation>Nombre del calendario; «own» si se dio uno propio.</translation>
    </message>
    <message>
        <source>Day that the schedule tells what is known of; NaT without one.</source>
        <translation>Día hasta el que se conoce la situación; sin dato si no se indicó.</translation>
    </message>
    <message>
        <source>J. E. Kelley and M. R. Walker, "Critical-path planning and scheduling", 1959.</source>
        <translation>J. E. Kelley y M. R. Walker, «Critical-path planning and scheduling», 1959.</translation>
    </message>
    <message>
        <source>That is the furthest step among the events of that day and before which no later event, of that day or before, takes back. Who has moved has moved, even where a step before it was never written down: check_programme names such gaps.</source>
        <translation>Es el paso más avanzado entre los eventos hasta esa fecha que ningún evento posterior, hasta esa misma fecha, anula. Quien se trasladó, se trasladó, aunque un paso anterior nunca se haya registrado: esos vacíos los nombra «Revisar programa de reubicación».</translation>
    </message>
    <message>
        <source>Table ``occupant_states``, by occupant: ``step``, ``since`` (the first day of it) and ``move_id``. Occupants without an event in effect are not in it.</source>
        <translation>Por ocupante: step (paso), since (su primer día) y move_id. Los ocupantes sin un evento vigente no figuran.</translation>
    </message>
    <message>
        <source>Ilo, Peru: ten agreements freed 27,400 m2 from November 1993 to mid 1995 (S99, Table 3).</source>
        <translation>Ilo, Perú: diez acuerdos liberaron 27 400 m² desde noviembre de 1993 hasta mediados de 1995 (López Follegatti 1999, tabla 3).</translation>
    </message>
    <message>
        <source>Events that others take back do not count. Whether households have a place to go to before an order takes effect is told by balance.</source>
        <translation>No cuentan los eventos que otros anulan. Si los hogares tienen a dónde ir antes de que rija una orden, lo dice el balance (balance, en Python).</translation>
    </message>
    <message>
        <source>Table ``findings``: moves before their agreement, steps that follow none that they may follow or rest on no agreement, occupants without agreement, ids that no table has, events without evidence, moves before the works began, obligations overdue, areas that do not add up or are drawn otherwise.</source>
        <translation>Traslados antes de su acuerdo, pasos que no siguen a ninguno permitido o no se apoyan en un acuerdo, ocupantes sin acuerdo, códigos que ninguna tabla tiene, eventos sin sustento, traslados antes de que empezaran las obras, obligaciones vencidas, áreas que no suman o están dibujadas de otro modo.</translation>
    </message>
    <message>
        <source>Ilo, Peru: works from August 1994, moves from November 1993 (S99, Table 3 and III.c): both are kept.</source>
        <translation>Ilo, Perú: obras desde agosto de 1994, traslados desde noviembre de 1993 (López Follegatti 1999, tabla 3 y III.c): se conservan ambas fechas.</translation>
    </message>
    <message>
        <source>Table ``programme_rows``, in the order of occupants. Those without an event are listed.</source>
        <translation>En el orden de los ocupantes. Figuran también los que no tienen eventos.</translation>
    </message>
    <message>
        <source>Street land goes to the nearest block: the line between two blocks runs along the middle of the street. All of it is shared out, and none twice.</source>
        <translation>El área de vía va a la manzana más cercana: la línea entre dos manzanas corre por el medio de la vía. Se reparte toda, y nada dos veces.</translation>
    </message>
    <message>
        <source>Table ``paving``, a row for each block with street land, in the order of ids: ``area`` (m2), ``lots``, ``cost``, ``cost_per_lot``, ``municipality`` and ``community`` (USD).</source>
        <translation>Una fila por manzana con área de vía, en el orden de los códigos: area (m²), lots, cost, cost_per_lot, municipality (parte municipal) y community (parte de la comunidad), en USD.</translation>
    </message>
    <message>
        <source>Balvín, López Follegatti and Hordijk 1996, section IV.b: 480 m2 for US$4,278.</source>
        <translation>Balvín, López Follegatti y Hordijk 1996, sección IV.b: 480 m² por US$ 4 278.</translation>
    </message>
    <message>
        <source>Mains follow the centre lines of streets as a tree. The shortest one sends wide mains on long ways, so trees that lead more straight from the source are tried too, and the cheapest is kept. Each pipe carries the peak flow of all lots behind it, and of its own in full. Diameters are the narrowest at which water is not too fast; then, as long as pressure is short somewhere, that pipe on the way there is widened which yields most head for its money.</source>
        <translation>Las tuberías siguen los ejes de vía como un árbol. El más corto lleva tuberías anchas por caminos largos; por eso también se prueban árboles que salen más directo de la fuente, y se conserva el más barato. Cada tubería lleva el caudal punta de todos los lotes que alimenta, y el de los suyos completo. Los diámetros son los más angostos con que el agua no va demasiado rápido; luego, mientras falte presión en alguna parte, se ensancha la tubería del recorrido que más carga da por su costo.</translation>
    </message>
    <message>
        <source>Table ``network_nodes``: source or outfall first.</source>
        <translation>La fuente o el punto de descarga va primero.</translation>
    </message>
    <message>
        <source>Table ``pipes``, in the order of construction. A tree: one less than nodes.</source>
        <translation>En el orden de construcción. Un árbol: una menos que los nodos.</translation>
    </message>
    <message>
        <source>Table ``network_lots``: the pipe and the node that serve each lot.</source>
        <translation>La tubería y el nodo que sirven a cada lote.</translation>
    </message>
    <message>
        <source>Table ``network_figures``: lots, length, cost, cost per lot, and what else there is to tell.</source>
        <translation>Lotes, longitud, costo, costo por lote y lo demás que hay que informar.</translation>
    </message>
    <message>
        <source>Table ``findings``.</source>
        <translation>Lo que está mal o conviene saber de este resultado.</translation>
    </message>
    <message>
        <source>RNE OS.050 and OS.100 (from memory). H. Takahashi and A. Matsuyama 1980 (the tree); W. A. Horn 1972 (the order of construction).</source>
        <translation>RNE OS.050 y OS.100 (citadas de memoria). H. Takahashi y A. Matsuyama 1980 (el árbol); W. A. Horn 1972 (el orden de construcción).</translation>
    </message>
    <message>
        <source>Pipes follow the centre lines of streets as a tree. It looks for its way by length and, with heights, by the depth that a street without enough fall adds; several weights of depth are tried, and of the sewers with the fewest pumping stations the cheapest is kept. Manholes stand at crossings, at ends and no farther apart than allowed. Each pipe carries the peak flow of all lots above it, and of its own in full.</source>
        <translation>Las tuberías siguen los ejes de vía como un árbol. Busca su camino por longitud y, con altitudes, por la profundidad que añade una vía sin desnivel suficiente; se prueban varios pesos de la profundidad y, de los alcantarillados con menos estaciones de bombeo, se conserva el más barato. Los buzones están en los cruces, en los extremos y no más separados de lo permitido. Cada tubería lleva el caudal punta de todos los lotes aguas arriba, y el de los suyos completo.</translation>
    </message>
    <message>
        <source>RNE OS.070 (from memory): tractive stress, cover, filling, spacing of manholes.</source>
        <translation>RNE OS.070 (citada de memoria): tensión tractiva, recubrimiento, tirante, distancia entre buzones.</translation>
    </message>
    <message>
        <source>A tap can stand in the middle of each block face (one side of a street between two crossings), before the lot line, or before a reserve. Each lot goes to one tap; the lots of a face may go to several. Ways are measured along the centre lines, from the middle of the front of the lot. Each connected part of the streets is solved on its own: small ones by one integer programme (HiGHS through ``scipy.optimize.milp``), which is exact; large ones by regions, transport programmes and moves of taps, with a Lagrangian bound that tells how far from the best the walk can be at most.</source>
        <translation>Una pileta puede estar en el medio de cada frente de manzana (un lado de una vía entre dos cruces), delante del lindero, o delante de un aporte. Cada lote va a una pileta; los lotes de un frente pueden ir a varias. Los recorridos se miden por los ejes de vía, desde el medio del frente del lote. Cada parte conectada de las vías se resuelve por separado: las pequeñas con un programa entero (HiGHS, por scipy.optimize.milp), que es exacto; las grandes por sectores, con programas de transporte y traslados de piletas, y una cota lagrangiana que dice a cuánto del óptimo puede estar la caminata como máximo.</translation>
    </message>
    <message>
        <source>Table ``taps``.</source>
        <translation>Las piletas: un punto por cada una.</translation>
    </message>
    <message>
        <source>Table ``tap_lots``: lots that a tap serves.</source>
        <translation>Los lotes que sirve cada pileta.</translation>
    </message>
    <message>
        <source>No siting has fewer taps: in each connected part of the streets ceil(households / capacity), or what the integer programme proves where the walking limit asks for more.</source>
        <translation>Ninguna ubicación tiene menos piletas: en cada parte conectada de las vías, el entero superior de (hogares / capacidad), o lo que demuestra el programa entero si el límite de caminata exige más.</translation>
    </message>
    <message>
        <source>(taps - bound) / bound; 0: no siting has fewer.</source>
        <translation>(piletas − cota) / cota; 0: ninguna ubicación tiene menos.</translation>
    </message>
    <message>
        <source>Walk of all households, one way, m; what no siting with as many taps can be below.</source>
        <translation>Caminata de todos los hogares, solo ida, en m, y el mínimo por debajo del cual no puede estar ninguna ubicación con igual número de piletas.</translation>
    </message>
    <message>
        <source>(walk - walk_bound) / walk; 0: no siting with as many taps is shorter.</source>
        <translation>(caminata − cota) / caminata; 0: ninguna ubicación con igual número de piletas es más corta.</translation>
    </message>
    <message>
        <source>Table ``findings``: lots that no tap can serve, and the test of the Sphere handbook.</source>
        <translation>Lotes que ninguna pileta puede servir, y la comparación con el manual Esfera.</translation>
    </message>
    <message>
        <source>Balvín, López Follegatti and Hordijk 1996, section V: one public tap for each 100 households. Sphere handbook 2011: 500 m, 250 persons a tap at 7.5 l/min. J. Mulvey and M. Beck, "Solving capacitated clustering problems", European Journal of Operational Research 18(3), 1984, pages 339 to 348.</source>
        <translation>Balvín, López Follegatti y Hordijk 1996, sección V: una pileta pública por cada 100 hogares. Manual Esfera 2011: 500 m, 250 personas por pileta con 7.5 l/min. J. Mulvey y M. Beck, «Solving capacitated clustering problems», European Journal of Operational Research 18(3), 1984, páginas 339 a 348.</translation>
    </message>
    <message>
        <source>All lots of a block face follow one rule. Latrines stand at the front or at the back of the lots: where more of them drain to the line of the future sewer, then where that is nearer. Every two lots side by side have theirs at the common side and share a trench, so that each is as far as can be from the other neighbour; an odd lot at the end is alone. The point is set in from the lot lines by half the pit and a margin, and never outside the lot.</source>
        <translation>Todos los lotes de un frente de manzana siguen una misma regla. Las letrinas van adelante o al fondo de los lotes: donde más de ellas desaguan a la línea del futuro desagüe y, a igualdad, donde está más cerca. Cada dos lotes contiguos tienen la suya en el lindero común y comparten zanja, de modo que cada una queda lo más lejos posible del otro vecino; un lote impar al final queda solo. El punto está retirado de los linderos medio hoyo más un margen, y nunca fuera del lote.</translation>
    </message>
    <message>
        <source>Table ``latrines``: points.</source>
        <translation>Un punto por lote.</translation>
    </message>
    <message>
        <source>Balvín, López Follegatti and Hordijk 1996, section V: the municipality fixes the corner of the plot so that latrines are easily joined to the future sewer. Norms international.latrine_siting and international.latrine_distance.</source>
        <translation>Balvín, López Follegatti y Hordijk 1996, sección V: la municipalidad fija la esquina del lote para que las letrinas se empalmen con facilidad al futuro desagüe. Normas international.latrine_siting e international.latrine_distance.</translation>
    </message>
    <message>
        <source>A corner lot may be entered from either of its streets. Where the main front is not told, the mean width (area over depth) stands for it, as the whole front of a corner lot goes around the corner.</source>
        <translation>A un lote en esquina se puede entrar por cualquiera de sus vías. Si no se conoce el frente principal, se toma el ancho medio (área entre fondo), porque el frente total de un lote en esquina da la vuelta a la esquina.</translation>
    </message>
    <message>
        <source>Table ``design_fits``, by lot and design: ``fits`` and what is against it, in both languages.</source>
        <translation>Por lote y diseño: fits (cabe) y qué se opone, en ambos idiomas.</translation>
    </message>
    <message>
        <source>Balvín, López Follegatti and Hordijk 1996, section V.</source>
        <translation>Balvín, López Follegatti y Hordijk 1996, sección V.</translation>
    </message>
    <message>
        <source>Whoever is observed or excluded is not ranked. The same tables give the same list and the same hash, in any order of rows and on any platform.</source>
        <translation>Quien está observado o excluido no entra en la lista. Las mismas tablas dan la misma lista y la misma huella (hash), en cualquier orden de filas y en cualquier equipo.</translation>
    </message>
    <message>
        <source>Table ``ranking``.</source>
        <translation>La lista de postulantes por puesto.</translation>
    </message>
    <message>
        <source>Table ``score_parts``: what each criterion gave to each applicant; the parts add up to the score.</source>
        <translation>Lo que dio cada criterio a cada postulante; las partes suman el puntaje.</translation>
    </message>
    <message>
        <source>Weights, order of ties, seed, day, software, counts, and the SHA-256 of inputs and list.</source>
        <translation>Puntajes, orden de desempate, semilla, fecha, programa, conteos, y la huella SHA-256 de los datos y de la lista.</translation>
    </message>
    <message>
        <source>López Follegatti 1999, "Ilo: a city in transformation", section II.c: those who may get a lot are ranked, and the rating includes participation as local residents.</source>
        <translation>López Follegatti 1999, «Ilo: a city in transformation», sección II.c: quienes pueden recibir un lote se ordenan por puntaje, que incluye la participación como vecinos.</translation>
    </message>
    <message>
        <source>As many get a lot as lots are free: the first of the ranking or, with ``among="all"``, those whom the draw puts first. By draw, the ticket of each decides which lot. By preference (serial dictatorship), each in its turn gets the first lot of its list that is still free; afterwards those of whose list none was left get the next lots in the order of the lots: they take nothing that another wished for, so no two would swap. Tickets are SHA-256 of ``seed:id``, the least comes first: anyone repeats the draw with ``sha256sum`` and ``sort``.</source>
        <translation>Reciben lote tantos como lotes libres hay: los primeros de la lista o, si se adjudica entre todos, los que el sorteo pone primero. Por sorteo, el número de cada uno decide qué lote recibe. Por preferencia (dictadura serial), cada uno en su turno recibe el primer lote de su lista que sigue libre; después, quienes no hallaron libre ninguno de su lista reciben los siguientes en el orden de los lotes: no toman nada que otro quisiera, y por eso ningún par querría intercambiar. Los números del sorteo son el SHA-256 de «semilla:código», el menor va primero: cualquiera repite el sorteo con sha256sum y sort.</translation>
    </message>
    <message>
        <source>Table ``allotments``.</source>
        <translation>Quién recibe qué lote.</translation>
    </message>
    <message>
        <source>The same as rows of table ``lot_events``, to be added to those of before.</source>
        <translation>Lo mismo como filas de la tabla de eventos de lotes, para añadirlas a las anteriores.</translation>
    </message>
    <message>
        <source>Rows of the table ``ranking`` of those who got none, in the order in which they wait.</source>
        <translation>Filas de la lista de quienes no recibieron lote, en el orden en que esperan.</translation>
    </message>
    <message>
        <source>Table ``findings``: groups that could not be kept together, or for which no room was left.</source>
        <translation>Grupos que no pudieron quedar juntos, o para los que no alcanzaron los lotes.</translation>
    </message>
    <message>
        <source>Settings, seed, time, software, counts, SHA-256 of inputs and list, and the list itself: what replay repeats.</source>
        <translation>Opciones, semilla, hora, programa, conteos, huella SHA-256 de los datos y de la lista, y la lista misma: lo necesario para repetir el sorteo.</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>Lotes apartados</translation>
    </message>
    <message>
        <source>values of any type by column: the lots kept back can be filtered out</source>
        <translation>valores de cualquier tipo por columna: filtre los lotes que se apartan</translation>
    </message>
    <message>
        <source>a list of ids</source>
        <translation>una lista de códigos</translation>
    </message>
    <message>
        <source>Abdulkadiroğlu and Sönmez 1998, "Random serial dictatorship and the core from random endowments in house allocation problems", Econometrica 66(3). PROMUVI XII of Ilo gave its lots by draw (press).</source>
        <translation>Abdulkadiroğlu y Sönmez 1998, «Random serial dictatorship and the core from random endowments in house allocation problems», Econometrica 66(3). PROMUVI XII de Ilo entregó sus lotes por sorteo (prensa).</translation>
    </message>
    <message>
        <source>Events count in the order of their days, those of one day in that of their ids (E-2 before E-10). One that breaks a rule does not count; check_events names it. A counter-event leads back to the state before the event that it takes back, which has to be the last one of its lot.</source>
        <translation>Los eventos cuentan en el orden de sus fechas, y los de una misma fecha en el de sus códigos (E-2 antes que E-10). El que incumple una regla no cuenta; lo nombra «Revisar eventos». Un evento que anula a otro devuelve el lote al estado anterior al evento anulado, que tiene que ser el último de su lote.</translation>
    </message>
    <message>
        <source>Table ``lot_states``, by lot in the order of lots: ``stage``, ``household_id``, ``since`` (first day of the stage), ``event_id`` (that brought it there).</source>
        <translation>Por lote, en el orden de los lotes: stage (etapa), household_id, since (primer día de la etapa), event_id (el que la produjo).</translation>
    </message>
    <message>
        <source>López Follegatti 1999, Ilo: a city in transformation, section II.c: three stages up to the title.</source>
        <translation>López Follegatti 1999, «Ilo: a city in transformation», sección II.c: tres etapas hasta el título.</translation>
    </message>
    <message>
        <source>Table ``findings``; features are event ids. Severity error for events that do not count (``events.taken``, ``events.order``, ``events.guard`` ...) and for days that go back in the order of ids that differ by a number alone (``events.date_back``); warning where the paper is missing that the kind asks for.</source>
        <translation>Los objetos son códigos de eventos. Son errores los eventos que no cuentan (events.taken, events.order, events.guard …) y las fechas que retroceden en el orden de códigos que solo difieren en un número (events.date_back); es aviso si falta el documento que la clase de evento exige.</translation>
    </message>
    <message>
        <source>López Follegatti 1999, Ilo: a city in transformation, sections II.c and III.d (single ownership).</source>
        <translation>López Follegatti 1999, «Ilo: a city in transformation», secciones II.c y III.d (propiedad única).</translation>
    </message>
    <message>
        <source>Table ``lot_progress``, by lot: ``stage``, ``since``, and a column for each service. Households are not in it.</source>
        <translation>Por lote: stage (etapa), since (desde) y una columna por servicio. No contiene hogares.</translation>
    </message>
    <message>
        <source>Table ``service_progress``: ``lots``, ``planned``, ``under_way``, ``done``, ``share`` (done of all).</source>
        <translation>lots (lotes), planned (previstos), under_way (en obra), done (con servicio), share (parte con servicio del total).</translation>
    </message>
    <message>
        <source>A lot goes from stage to stage after as many days as others took, given the days that it has waited. Stays that go on count for as long as they have lasted (censored), those that ended with the lot given back as such; to leave them out would make lots faster than they are. The interval holds both what is not known of the durations (waves of lots are drawn anew, with replacement) and the chance of each lot. Lots not allotted yet, and those given back and allotted again, are not in it. Given the durations, each lot is taken to go on by itself: where titles are delivered to many on one day, months scatter more than is told. Works are not looked at: an area that waits for one is taken to go on as others did (backlog and blockers name it), and with a handful of waves the interval is a rough one.</source>
        <translation>Un lote pasa de etapa en etapa después de tantos días como tardaron otros, dados los días que ya esperó. Las esperas que continúan cuentan por lo que han durado (datos censurados), y las que terminaron con la devolución del lote, como tales; omitirlas haría los lotes más rápidos de lo que son. El intervalo incluye lo que no se sabe de las duraciones (las tandas se sortean de nuevo, con reposición) y el azar de cada lote. No están en él los lotes aún no adjudicados, ni los devueltos y adjudicados otra vez. Dadas las duraciones, se supone que cada lote avanza por su cuenta: donde se entregan títulos a muchos en un mismo día, los meses varían más de lo que se informa. No se miran las obras: se supone que un área que espera una obra avanza como lo hicieron otras, y con unas pocas tandas el intervalo es aproximado.</translation>
    </message>
    <message>
        <source>Table ``forecast``, by month: ``expected``, ``low``, ``high`` titles; ``cumulative`` with those delivered before; ``untold``: lots that will have waited longer than any that was seen, of which nothing can be told. They are not among those expected.</source>
        <translation>Por mes: expected, low y high (títulos esperados, mínimo y máximo del intervalo); cumulative, con los entregados antes; untold: lotes que habrán esperado más que cualquiera observado, de los que nada se puede decir. No están entre los esperados.</translation>
    </message>
    <message>
        <source>Kaplan and Meier 1958; Aalen and Johansen 1978; Efron 1981, Censored data and the bootstrap.</source>
        <translation>Kaplan y Meier 1958; Aalen y Johansen 1978; Efron 1981, Censored data and the bootstrap.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Lotes iniciales</translation>
    </message>
    <message>
        <source>Lots that groups begin with; by default the first of each block.</source>
        <translation>Lotes con los que empiezan los grupos; por defecto, el primero de cada manzana.</translation>
    </message>
    <message>
        <source>{} (shapes)</source>
        <translation>{} (formas)</translation>
    </message>
</context>
</TS>
